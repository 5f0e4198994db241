// SPDX-License-Identifier: Apache-2.0
// Asks a server with Socket.IO's own client for what load testers ask it, and fails if an answer is not as agreed.
//   node check.mjs URL [--format json|msgpack] [--transport websocket|polling] [--raw]
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { io } from 'socket.io-client';
import * as msgpack from 'socket.io-msgpack-parser';
import { WebSocket } from 'ws';

const DEADLINE = 10000;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    format: { type: 'string', default: 'json' },
    transport: { type: 'string', default: 'websocket' },
    raw: { type: 'boolean', default: false },
  },
});
const url = positionals[0];

const within = (what, start) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${DEADLINE} ms`)), DEADLINE);
    start((...got) => {
      clearTimeout(timer);
      resolve(got);
    });
  });

async function connect() {
  const socket = io(url, {
    forceNew: true,
    reconnection: false,
    transports: [values.transport],
    ...(values.format === 'msgpack' && { parser: msgpack }),
  });
  await within('connection', (done) => socket.on('connect', done));
  return socket;
}

const ask = (socket, ...event) => within(`answer to ${event[0]}`, (done) => socket.emit(...event, done));

/** The data of the messages that come until there are as many as are expected. */
function messages(socket, count) {
  const got = [];
  return within(`${count} messages`, (done) =>
    socket.on('msg', (...data) => {
      got.push(data);
      if (got.length === count) done(got);
    }),
  );
}

async function echoes(socket) {
  for (const value of ['x'.repeat(64), 'y'.repeat(1024), '"ä€😀\\', 7, { of: ['a', null] }]) {
    assert.deepEqual(await ask(socket, 'echo', value), [value]);
  }
}

/** All members get what is published, the publisher too, in order; nobody else gets anything. */
async function publishes(publisher, member, other) {
  assert.deepEqual(await ask(publisher, 'join', 'lobby'), []);
  assert.deepEqual(await ask(member, 'join', 'lobby'), []);
  assert.deepEqual(await ask(other, 'join', 'elsewhere'), []);
  const strays = [];
  other.on('msg', (...data) => strays.push(data));
  const expected = [['one'], ['two'], ['z'.repeat(128)], ['four']];
  const all = Promise.all([messages(publisher, 4), messages(member, 4)]);
  expected.forEach(([data]) => publisher.emit('pub', 'lobby', data));
  assert.deepEqual(await all, [[expected], [expected]]);
  await ask(other, 'echo', 'what was published before has come by now');
  assert.deepEqual(strays, []);
}

async function rawEchoes() {
  const client = new WebSocket(`${url.replace('http', 'ws')}/raw`);
  await within('connection to /raw', (done) => client.on('open', done));
  for (const [message, binary] of [
    ['text', false],
    [Buffer.from([1, 2, 250]), true],
  ]) {
    const answer = within('echo from /raw', (done) => client.once('message', done));
    client.send(message, { binary });
    assert.deepEqual(await answer, [Buffer.from(message), binary]);
  }
  client.close();
}

const sockets = await Promise.all([connect(), connect(), connect()]);
await echoes(sockets[0]);
await publishes(...sockets);
sockets.forEach((socket) => socket.disconnect());
if (values.raw) await rawEchoes();
