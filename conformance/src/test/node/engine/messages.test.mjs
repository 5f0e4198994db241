// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, poll, pollMessages, post, SEPARATOR } from '../lib/polling.mjs';
import { openSocket } from '../lib/websocket.mjs';

describe('messages over HTTP long-polling', () => {
  const payloads = [
    ['a text message', '4hello'],
    ['an empty message', '4'],
    ['text of all widths', '4aé€🐟'],
    ['several text messages', ['4test1', '4test2', '4test3'].join(SEPARATOR)],
    ['a binary message', 'bAQIDBA=='],
    ['an empty binary message', 'b'],
    ['a binary message that looks like text in base64', 'b4444'],
    ['text and binary messages', ['4hello', 'bAQIDBA==', '4again'].join(SEPARATOR)],
  ];
  for (const [name, payload] of payloads) {
    it(`carries ${name}`, async () => {
      const { sid } = await open();
      const posted = await post(sid, payload);
      assert.equal(posted.status, 200);
      assert.equal(posted.body, 'ok');
      assert.equal(posted.headers.get('content-type'), 'text/html');
      const polled = await poll(sid);
      assert.equal(polled.status, 200);
      assert.equal(polled.headers.get('content-type'), 'text/plain; charset=UTF-8');
      assert.equal(polled.body, payload);
    });
  }

  it('answers a poll that waits', async () => {
    const { sid } = await open();
    const polled = poll(sid);
    await post(sid, '4hello');
    assert.equal((await polled).body, '4hello');
  });

  it('carries a burst of 120 messages, none lost, in order', async () => {
    const { sid } = await open();
    const sent = Array.from({ length: 120 }, (_, i) => `4message ${i}`);
    await post(sid, sent.join(SEPARATOR));
    assert.deepEqual(await pollMessages(sid, 120), sent);
  });

  it('splits answers so that none is over the limit', async () => {
    const { sid, maxPayload } = await open();
    const sent = ['a', 'b', 'c', 'd', 'e'].map((letter) => '4' + letter.repeat(300000));
    for (const message of sent) await post(sid, message);
    const got = [];
    while (got.length < sent.length) {
      const { body } = await poll(sid);
      assert.ok(body.length <= maxPayload, `got ${body.length} characters at once`);
      got.push(...body.split(SEPARATOR).filter((packet) => packet !== '2'));
    }
    assert.deepEqual(got, sent);
  });

  it('takes a body as large as the limit, and no larger', async () => {
    const { sid } = await open();
    const largest = '4' + 'x'.repeat(999999);
    assert.equal((await post(sid, largest)).status, 200);
    assert.deepEqual(await pollMessages(sid, 1), [largest]);
    const over = await post(sid, largest + 'x').catch((error) => error);
    assert.ok(over instanceof Error || over.status === 413);
    assert.equal((await post(sid, '4after')).status, 200);
    assert.deepEqual(await pollMessages(sid, 1), ['4after']);
  });

  for (const body of ['abc', '7', '', '4a' + SEPARATOR + 'x', 'ping']) {
    it(`closes the session of ${JSON.stringify(body)}`, async () => {
      const { sid } = await open();
      assert.equal((await post(sid, body)).status, 200);
      let polled = await poll(sid);
      if (polled.status === 200) {
        assert.match(polled.body, /1$/);
        polled = await poll(sid);
      }
      assert.equal(polled.status, 400);
    });
  }
});

describe('messages over WebSocket', () => {
  it('carries text', async () => {
    const socket = await openSocket();
    socket.send('4hello', '4', '4aé€🐟');
    assert.deepEqual(
      [await socket.next(), await socket.next(), await socket.next()],
      ['4hello', '4', '4aé€🐟'],
    );
    socket.end();
  });

  it('carries binary without a type', async () => {
    const socket = await openSocket();
    socket.send(Buffer.from([1, 2, 3, 4]), Buffer.alloc(0), Buffer.from([4]));
    assert.deepEqual(await socket.next(), Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(await socket.next(), Buffer.alloc(0));
    assert.deepEqual(await socket.next(), Buffer.from([4]));
    socket.end();
  });

  it('carries a burst of 120 messages, none lost, in order', async () => {
    const socket = await openSocket();
    const sent = Array.from({ length: 120 }, (_, i) => (i % 2 ? Buffer.from([i]) : `4message ${i}`));
    socket.send(...sent);
    for (const message of sent) assert.deepEqual(await socket.nextMessage(), message);
    socket.end();
  });

  for (const frame of ['abc', '7', '', 'b***']) {
    it(`closes at ${JSON.stringify(frame)}`, async () => {
      const socket = await openSocket();
      socket.send(frame);
      const started = Date.now();
      assert.equal(await socket.closed(), 1005);
      assert.ok(Date.now() - started < 150, 'closed by the time-out, not by the frame');
    });
  }

  it('closes with 1009 at a message over the limit', async () => {
    const socket = await openSocket();
    socket.send('4' + 'x'.repeat(1000000));
    assert.equal(await socket.closed(), 1009);
  });
});
