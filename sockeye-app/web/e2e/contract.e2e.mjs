// SPDX-License-Identifier: Apache-2.0
// The chat's events and payloads, seen by unmodified socket.io-client. SOCKEYE_URL names the server.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { io } from 'socket.io-client';

const url = process.env.SOCKEYE_URL;
const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** All that `trim` removes. */
const WHITE = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  .filter((character) => character.trim() === '')
  .join('');
/** @type {import("socket.io-client").Socket[]} */
const clients = [];

after(() => clients.forEach((client) => client.close()));

/**
 * A connected client whose events can be awaited one after the other, by name.
 * @param {string[]} transports
 */
async function connect(transports) {
  const socket = io(url, { transports, forceNew: true });
  clients.push(socket);
  /** @type {{ name: string, payload: any }[]} */
  const seen = [];
  /** @type {{ name: string, resolve: (payload: any) => void }[]} */
  const waiting = [];
  socket.onAny((name, payload) => {
    const index = waiting.findIndex((waiter) => waiter.name === name);
    if (index >= 0) waiting.splice(index, 1).forEach((waiter) => waiter.resolve(payload));
    else seen.push({ name, payload });
  });
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', reject);
  });
  /** @param {string} name */
  const next = (name) => {
    const index = seen.findIndex((event) => event.name === name);
    const [event] = index >= 0 ? seen.splice(index, 1) : [];
    if (event) return Promise.resolve(event.payload);
    return new Promise((resolve, reject) => {
      waiting.push({ name, resolve });
      setTimeout(() => reject(new Error(`no ${name}; waiting: ${JSON.stringify(seen)}`)), 5000).unref();
    });
  };
  return { socket, next };
}

for (const transports of [['websocket'], ['polling']]) {
  test(`joining, talking and leaving over ${transports}`, { timeout: 30_000 }, async () => {
    const ann = await connect(transports);
    ann.socket.emit('user_join', 'Ann');
    assert.deepEqual(await ann.next('user_joined'), { username: 'Ann', userId: ann.socket.id });
    assert.deepEqual(await ann.next('user_list'), ['Ann']);

    const bob = await connect(transports);
    bob.socket.emit('user_join', 'Bob');
    assert.deepEqual(await ann.next('user_joined'), { username: 'Bob', userId: bob.socket.id });
    assert.deepEqual(await ann.next('user_list'), ['Ann', 'Bob']);

    const accepted = await bob.socket.timeout(5000).emitWithAck('message', { text: '  hello <b>  ' });
    const heard = await ann.next('message');
    assert.deepEqual(Object.keys(heard).sort(), ['id', 'text', 'timestamp', 'username']);
    assert.equal(heard.text, 'hello <b>');
    assert.equal(heard.username, 'Bob');
    assert.match(heard.timestamp, ISO_UTC);
    assert.deepEqual(accepted, { status: 'success' });

    const bobsId = bob.socket.id;
    bob.socket.disconnect();
    assert.deepEqual(await ann.next('user_left'), { username: 'Bob', userId: bobsId });
    assert.deepEqual(await ann.next('user_list'), ['Ann']);
    ann.socket.disconnect();
  });
}

test('one who never joined is Anonymous, and leaves unnoticed', { timeout: 30_000 }, async () => {
  const stranger = await connect(['websocket']);
  stranger.socket.emit('message', { text: 'hi' });
  const heard = await stranger.next('message');
  assert.equal(heard.username, 'Anonymous');
  stranger.socket.disconnect();
});

test('who says too much in too short a time is told so', { timeout: 30_000 }, async () => {
  const ann = await connect(['websocket']);
  for (let number = 1; number <= 10; number++) {
    const answer = await ann.socket.timeout(5000).emitWithAck('message', { text: `${number}` });
    assert.deepEqual(answer, { status: 'success' });
  }
  assert.deepEqual(await ann.socket.timeout(5000).emitWithAck('message', { text: 'once more' }), {
    status: 'error',
    message: 'Rate limit exceeded. Please try again later.',
  });
  ann.socket.disconnect();
});

test('what is no message reaches nobody and is answered with an error', { timeout: 30_000 }, async () => {
  const ann = await connect(['websocket']);
  const refused = { status: 'error', message: 'Invalid message format' };
  for (const bad of [
    { text: ' ' },
    { text: WHITE },
    { text: 'x'.repeat(1001) },
    { text: 5 },
    {},
    'text',
    null,
  ]) {
    assert.deepEqual(
      await ann.socket.timeout(5000).emitWithAck('message', bad),
      refused,
      JSON.stringify(bad),
    );
  }
  const longest = 'x'.repeat(1000);
  await ann.socket.timeout(5000).emitWithAck('message', { text: longest });
  assert.equal((await ann.next('message')).text, longest);
  ann.socket.disconnect();
});

test(
  'what is blank to JavaScript is trimmed, and what is text to it is not',
  { timeout: 30_000 },
  async () => {
    const ann = await connect(['websocket']);
    for (const text of [`${WHITE}a${WHITE}b${WHITE}`, '\u001c', '\u200b']) {
      assert.deepEqual(await ann.socket.timeout(5000).emitWithAck('message', { text }), {
        status: 'success',
      });
      assert.equal((await ann.next('message')).text, text.trim());
    }
    ann.socket.disconnect();
  },
);

test('a name is trimmed, of 1 to 32 characters, and text', { timeout: 30_000 }, async () => {
  const ann = await connect(['websocket']);
  const refused = { status: 'error', message: 'Invalid message format' };
  for (const bad of ['', WHITE, 'x'.repeat(33), 5, null, { text: 'Ann' }, ['Ann']]) {
    assert.deepEqual(
      await ann.socket.timeout(5000).emitWithAck('user_join', bad),
      refused,
      JSON.stringify(bad),
    );
  }
  ann.socket.emit('user_join', `${WHITE}${'x'.repeat(32)}${WHITE}`);
  assert.equal((await ann.next('user_joined')).username, 'x'.repeat(32));
  ann.socket.disconnect();
});
