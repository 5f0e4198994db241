// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { request } from 'node:http';
import { ask, forgotten, open, OPEN, poll, post, sleep, url } from '../lib/polling.mjs';
import { openSocket } from '../lib/websocket.mjs';

describe('requests of one session', () => {
  it('closes the session at a second poll', async () => {
    const { sid } = await open();
    const [first, second] = await Promise.all([poll(sid), sleep(20).then(() => poll(sid))]);
    assert.equal(first.status, 200);
    assert.equal(first.body, '1');
    assert.equal(second.status, 400);
    assert.equal((await poll(sid)).status, 400);
  });

  it('closes the session at a second POST', async () => {
    const { sid } = await open();
    const headers = { expect: '100-continue', 'transfer-encoding': 'chunked' };
    const running = request(url(`${OPEN}&sid=${sid}`), { method: 'POST', headers });
    const begun = new Promise((resolve) => running.on('continue', resolve));
    const ended = new Promise((resolve) => {
      running.on('error', () => resolve('cut'));
      running.on('response', (response) => resolve(response.statusCode));
    });
    running.flushHeaders();
    await begun;
    running.write('4begun');
    assert.equal((await post(sid, '4second')).status, 400);
    assert.ok(['cut', 400].includes(await ended));
    await poll(sid);
    assert.equal((await poll(sid)).status, 400);
  });

  it('closes the session when its poll is aborted', async () => {
    const { sid } = await open();
    const controller = new AbortController();
    const aborted = poll(sid, { signal: controller.signal }).catch((error) => error.name);
    await sleep(20);
    controller.abort();
    assert.equal(await aborted, 'AbortError');
    await forgotten(sid);
  });

  it('keeps the session when its aborted request was a new one', async () => {
    const { sid } = await open();
    const controller = new AbortController();
    controller.abort();
    await ask(OPEN, { signal: controller.signal }).catch(() => {});
    assert.equal((await post(sid, '4still here')).status, 200);
    assert.equal((await poll(sid)).body, '4still here');
  });

  it('refuses polls of a session that is on a WebSocket', async () => {
    const socket = await openSocket();
    const { status, body } = await poll(socket.handshake.sid);
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(body), { code: 3, message: 'Bad request' });
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
    socket.end();
  });

  it('closes the session at binary content, which version 3 had', async () => {
    const { sid } = await open();
    const answer = await ask(`${OPEN}&sid=${sid}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: '4hello',
    });
    assert.equal(answer.status, 400);
  });
});

describe('close by the client', () => {
  it('ends a waiting poll with a noop', async () => {
    const { sid } = await open();
    const [polled, posted] = await Promise.all([poll(sid), sleep(20).then(() => post(sid, '1'))]);
    assert.equal(polled.status, 200);
    assert.equal(polled.body, '6');
    assert.equal(posted.status, 200);
    assert.equal((await poll(sid)).status, 400);
  });

  it('ends a poll that comes together with it', async () => {
    for (let i = 0; i < 10; i++) {
      const { sid } = await open();
      const [polled] = await Promise.all([poll(sid), post(sid, '1')]);
      // The two travel on connections of their own: either may be first.
      assert.ok(polled.status === 400 || polled.body === '6', `got ${polled.status} ${polled.body}`);
      assert.equal((await poll(sid)).status, 400);
    }
  });

  it('ends a session when its WebSocket closes', async () => {
    const socket = await openSocket();
    socket.socket.close();
    await socket.closed();
    await forgotten(socket.handshake.sid);
    const { body } = await poll(socket.handshake.sid);
    assert.equal(JSON.parse(body).code, 1);
  });

  it('ends a WebSocket on which the close packet came', async () => {
    const socket = await openSocket();
    socket.send('1');
    assert.equal(await socket.closed(), 1005);
  });
});
