// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask, open, OPEN } from '../lib/polling.mjs';
import { openSocket, OPEN_SOCKET, RawSocket } from '../lib/websocket.mjs';

const KEYS = ['maxPayload', 'pingInterval', 'pingTimeout', 'sid', 'upgrades'];

function checkOpen(handshake, upgrades) {
  assert.deepEqual(Object.keys(handshake).sort(), KEYS);
  assert.match(handshake.sid, /^[A-Za-z0-9_-]{20,}$/);
  assert.deepEqual(handshake.upgrades, upgrades);
  assert.equal(handshake.pingInterval, 300);
  assert.equal(handshake.pingTimeout, 200);
  assert.equal(handshake.maxPayload, 1000000);
}

describe('handshake over HTTP long-polling', () => {
  it('opens a session', async () => {
    const { status, body, headers } = await ask(OPEN);
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/plain; charset=UTF-8');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body[0], '0');
    checkOpen(JSON.parse(body.slice(1)), ['websocket']);
  });

  it('gives every session another id', async () => {
    const ids = new Set();
    for (let i = 0; i < 20; i++) ids.add((await open()).sid);
    assert.equal(ids.size, 20);
  });

  it('takes further parameters, as clients add them against caches', async () => {
    const { status } = await ask(`${OPEN}&t=abc.1&token=%F0%9F%90%9F`);
    assert.equal(status, 200);
  });

  const refused = [
    ['no version', 'transport=polling', 'GET', 5, 'Unsupported protocol version'],
    ['a version that is no number', 'EIO=abc&transport=polling', 'GET', 5, 'Unsupported protocol version'],
    ['an older version', 'EIO=3&transport=polling', 'GET', 5, 'Unsupported protocol version'],
    ['no transport', 'EIO=4', 'GET', 0, 'Transport unknown'],
    ['no query', '', 'GET', 0, 'Transport unknown'],
    ['an unknown transport', 'EIO=4&transport=abc', 'GET', 0, 'Transport unknown'],
    [
      'a transport named as a property of objects',
      'EIO=4&transport=constructor',
      'GET',
      0,
      'Transport unknown',
    ],
    ['WebTransport', 'EIO=4&transport=webtransport', 'GET', 0, 'Transport unknown'],
    ['POST', OPEN, 'POST', 2, 'Bad handshake method'],
    ['PUT', OPEN, 'PUT', 2, 'Bad handshake method'],
    ['DELETE', OPEN, 'DELETE', 2, 'Bad handshake method'],
    ['WebSocket without an upgrade', OPEN_SOCKET, 'GET', 3, 'Bad request'],
    ['an unknown session', `${OPEN}&sid=abc`, 'GET', 1, 'Session ID unknown'],
    ['an unknown session in a POST', `${OPEN}&sid=abc`, 'POST', 1, 'Session ID unknown'],
    ['a session named as a property of objects', `${OPEN}&sid=__proto__`, 'GET', 1, 'Session ID unknown'],
  ];
  for (const [name, query, method, code, message] of refused) {
    it(`refuses ${name}`, async () => {
      const { status, body, headers } = await ask(query, { method });
      assert.equal(status, 400);
      assert.match(headers.get('content-type'), /^application\/json/);
      assert.deepEqual(JSON.parse(body), { code, message });
    });
  }
});

describe('handshake over WebSocket', () => {
  it('opens a session', async () => {
    const socket = await openSocket();
    checkOpen(socket.handshake, []);
    socket.end();
  });

  const refused = [
    ['no version', 'transport=websocket'],
    ['a version that is no number', 'EIO=abc&transport=websocket'],
    ['no transport', 'EIO=4'],
    ['an unknown transport', 'EIO=4&transport=abc'],
    ['an unknown session', `${OPEN_SOCKET}&sid=abc`],
  ];
  for (const [name, query] of refused) {
    it(`refuses ${name}`, async () => {
      const socket = new RawSocket(query);
      await socket.closed();
      assert.equal(socket.error.message, 'Unexpected server response: 400');
    });
  }
});
