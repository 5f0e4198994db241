// SPDX-License-Identifier: Apache-2.0
// Socket.IO packets by hand, on a raw WebSocket.
import assert from 'node:assert/strict';
import { openSocket } from './websocket.mjs';

/** Connects to a namespace of the profile, which answers with an id and then with the event "auth". */
export async function connect(socket, namespace = '', auth = '{}') {
  socket.send(`40${namespace}${auth === '{}' ? '' : auth}`);
  const answer = await socket.nextMessage();
  assert.ok(answer.startsWith(`40${namespace}{`), `got ${answer}`);
  const handshake = JSON.parse(answer.slice(2 + namespace.length));
  assert.equal(await socket.nextMessage(), `42${namespace}["auth",${auth}]`);
  return handshake;
}

/** A WebSocket that is connected to the main namespace. */
export async function connected() {
  const socket = await openSocket();
  await connect(socket);
  return socket;
}

/** Checks that the connection is closed because of what was sent, not because of a time-out. */
export async function closesAtOnce(socket, ...frames) {
  const started = Date.now();
  socket.send(...frames);
  assert.equal(await socket.closed(), 1005);
  assert.ok(Date.now() - started < 250, `closed after ${Date.now() - started} ms`);
}
