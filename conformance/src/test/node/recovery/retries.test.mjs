// SPDX-License-Identifier: Apache-2.0
// A client that sends again what was not acknowledged, over a network that is cut while it does.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { io } from 'socket.io-client';
import { breakableProxy } from '../lib/breakable-proxy.mjs';

const EVENTS = 60;
const CUTS = 20;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const transports of [['polling'], ['websocket']]) {
  test(`what a client retries arrives at least once and in order, ${transports}`, async () => {
    const proxy = await breakableProxy(process.env.SOCKEYE_URL);
    const options = { transports, forceNew: true, retries: 50, ackTimeout: 500, reconnectionDelay: 5, reconnectionDelayMax: 20 };
    const socket = io(proxy.url, options);
    after(() => {
      socket.disconnect();
      proxy.close();
    });
    const stream = `retried over ${transports}`;
    const sent = Array.from({ length: EVENTS }, (_, number) => socket.emitWithAck('number', stream, number));
    for (let i = 0; i < CUTS; i++) {
      await pause(30);
      proxy.cut();
    }
    await Promise.all(sent);
    const arrived = await socket.emitWithAck('numbers', stream);
    const first = arrived.filter((number, place) => arrived.indexOf(number) === place);
    assert.deepEqual(first, [...sent.keys()]);
    console.log(`# ${EVENTS} events arrived ${arrived.length} times over ${transports}`);
  });
}
