// SPDX-License-Identifier: Apache-2.0
// A client whose server is drained while it answers: it gets the answer, comes back by itself, and meets another server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { io } from 'socket.io-client';

const transports = process.env.SOCKEYE_TRANSPORT.split(',');

const once = (socket, event) => new Promise((resolve) => socket.once(event, resolve));

test(`a client moves to another server, ${transports}`, { timeout: 60_000 }, async () => {
  const socket = io(process.env.SOCKEYE_URL, { transports, reconnectionDelay: 50, reconnectionDelayMax: 100 });
  try {
    await once(socket, 'connect');
    const gone = once(socket, 'disconnect');
    const back = gone.then(() => once(socket, 'connect'));
    assert.equal(await socket.emitWithAck('work'), 'first');
    assert.match(await gone, /^transport (close|error)$/);
    await back;
    assert.equal(await socket.emitWithAck('work'), 'second');
  } finally {
    socket.disconnect();
  }
});
