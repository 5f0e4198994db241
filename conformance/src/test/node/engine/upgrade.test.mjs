// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, poll, post, SEPARATOR, sleep } from '../lib/polling.mjs';
import { OPEN_SOCKET, RawSocket } from '../lib/websocket.mjs';

async function candidate(sid, ...frames) {
  const socket = new RawSocket(`${OPEN_SOCKET}&sid=${sid}`);
  await socket.open();
  return socket.send(...frames);
}

async function upgraded() {
  const { sid } = await open();
  const socket = await candidate(sid, '2probe');
  assert.equal(await socket.next(), '3probe');
  socket.send('5');
  return { sid, socket };
}

async function stillPolls(sid) {
  await post(sid, '4still polling');
  assert.equal((await poll(sid)).body, '4still polling');
}

describe('upgrade', () => {
  it('takes the session over to the WebSocket', async () => {
    const { socket } = await upgraded();
    socket.send('4hello', Buffer.from([1]));
    assert.equal(await socket.next(), '4hello');
    assert.deepEqual(await socket.next(), Buffer.from([1]));
    socket.end();
  });

  it('answers the waiting poll and every later one with a noop', async () => {
    const { sid } = await open();
    const waiting = poll(sid);
    await sleep(20);
    const socket = await candidate(sid, '2probe');
    assert.equal(await socket.next(), '3probe');
    assert.equal((await waiting).body, '6');
    assert.equal((await poll(sid)).body, '6');
    socket.send('5', '4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('brings what was sent during the upgrade, once and in order', async () => {
    const { sid } = await open();
    const sent = Array.from({ length: 50 }, (_, i) => `4message ${i}`);
    const socket = await candidate(sid, '2probe');
    assert.equal(await socket.next(), '3probe');
    await post(sid, sent.join(SEPARATOR));
    socket.send('5');
    for (const message of sent) assert.equal(await socket.next(), message);
    socket.end();
  });

  it('ignores requests over HTTP afterwards', async () => {
    const { sid, socket } = await upgraded();
    socket.send('4first');
    assert.equal(await socket.next(), '4first');
    assert.equal((await poll(sid)).status, 400);
    assert.equal((await post(sid, '4lost')).status, 400);
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('closes a second WebSocket afterwards', async () => {
    const { sid, socket } = await upgraded();
    socket.send('4first');
    assert.equal(await socket.next(), '4first');
    const second = await candidate(sid);
    assert.equal(await second.closed(), 1005);
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('closes a second WebSocket during an upgrade', async () => {
    const { sid } = await open();
    const first = await candidate(sid, '2probe');
    assert.equal(await first.next(), '3probe');
    const second = await candidate(sid);
    assert.equal(await second.closed(), 1005);
    first.send('5', '4hello');
    assert.equal(await first.next(), '4hello');
    first.end();
  });

  it('goes without a probe', async () => {
    const { sid } = await open();
    const socket = await candidate(sid, '5', '4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('takes an upgrade packet that has data', async () => {
    const { sid } = await open();
    const socket = await candidate(sid, '2probe');
    assert.equal(await socket.next(), '3probe');
    socket.send('52', '4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  for (const frame of ['2', '2other', '3probe', '4hello', 'abc', '']) {
    it(`closes a WebSocket that begins with ${JSON.stringify(frame)}, and only that`, async () => {
      const { sid } = await open();
      const socket = await candidate(sid, frame);
      assert.equal(await socket.closed(), 1005);
      await stillPolls(sid);
    });
  }

  it('may be tried again after a WebSocket was lost', async () => {
    const { sid } = await open();
    const lost = await candidate(sid, '2probe');
    assert.equal(await lost.next(), '3probe');
    lost.end();
    await lost.closed();
    await stillPolls(sid);
    const socket = await candidate(sid, '2probe');
    assert.equal(await socket.next(), '3probe');
    socket.send('5', '4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('keeps the heartbeat going', async () => {
    const { socket } = await upgraded();
    for (let i = 0; i < 2; i++) {
      assert.equal(await socket.next(), '2');
      socket.send('3');
    }
    assert.equal(await socket.closed(), 1005);
  });
});
