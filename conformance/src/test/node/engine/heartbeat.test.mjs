// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, poll, post, sleep } from '../lib/polling.mjs';
import { openSocket } from '../lib/websocket.mjs';

const INTERVAL = 300;
const TIMEOUT = 200;

function between(value, low, high) {
  assert.ok(value >= low && value <= high, `expected ${low} to ${high} ms, got ${value} ms`);
}

describe('heartbeat over HTTP long-polling', () => {
  it('pings again after each pong', async () => {
    const { sid } = await open();
    for (let i = 0; i < 3; i++) {
      const started = Date.now();
      const polled = await poll(sid);
      between(Date.now() - started, INTERVAL - 50, INTERVAL + 100);
      assert.equal(polled.body, '2');
      assert.equal((await post(sid, '3')).status, 200);
    }
  });

  // The very moment: a client that comes back when the time is over has to begin anew.
  for (let i = 0; i < 5; i++) {
    it(`has forgotten a silent session after interval and time-out, try ${i + 1}`, async () => {
      const { sid } = await open();
      await sleep(INTERVAL + TIMEOUT);
      assert.equal((await poll(sid)).status, 400);
    });
  }

  it('keeps the session within the time-out', async () => {
    const { sid } = await open();
    await sleep(INTERVAL + TIMEOUT - 80);
    assert.equal((await post(sid, '3')).status, 200);
    assert.equal((await poll(sid)).body, '2');
  });

  it('closes the session that pings itself', async () => {
    const { sid } = await open();
    assert.equal((await post(sid, '2')).status, 200);
    await poll(sid);
    assert.equal((await poll(sid)).status, 400);
  });
});

describe('heartbeat over WebSocket', () => {
  it('pings again after each pong', async () => {
    const socket = await openSocket();
    for (let i = 0; i < 3; i++) {
      const started = Date.now();
      assert.equal(await socket.next(), '2');
      between(Date.now() - started, INTERVAL - 50, INTERVAL + 100);
      socket.send('3');
    }
    socket.end();
  });

  it('closes a silent session after interval and time-out', async () => {
    const started = Date.now();
    const socket = await openSocket();
    assert.equal(await socket.closed(), 1005);
    between(Date.now() - started, INTERVAL + TIMEOUT - 50, INTERVAL + TIMEOUT + 150);
  });

  it('gives a client that is heard one more time-out', async () => {
    const socket = await openSocket();
    assert.equal(await socket.next(), '2');
    await sleep(TIMEOUT / 2);
    socket.send('4late');
    assert.equal(await socket.next(), '4late');
    await sleep(TIMEOUT * 0.75);
    socket.send('3');
    assert.equal(await socket.next(), '2');
    socket.end();
  });

  it('closes the session that pings itself', async () => {
    const socket = await openSocket();
    socket.send('2');
    const started = Date.now();
    assert.equal(await socket.closed(), 1005);
    assert.ok(Date.now() - started < 150);
  });

  it('takes a pong that nobody asked for', async () => {
    const socket = await openSocket();
    socket.send('3', '4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });
});
