// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

for (const transports of [['websocket'], ['polling']]) {
  const socket = await connected('/', { transports });
  const other = await connected();
  const preview = next(other, 'preview');

  // tag::upload[]
  const parts = ['The quick ', 'brown fox'].map((part) => new TextEncoder().encode(part)); // or Files, Blobs, ArrayBuffers
  const stored = await socket.emitWithAck('upload', { name: 'fox.txt', parts });
  // end::upload[]
  assert.deepEqual(stored, { bytes: 19, checksum: 'b74574de' });
  const [name, firstBytes] = await preview;
  assert.equal(name, 'fox.txt');
  assert.equal(Buffer.from(firstBytes).toString(), 'The quic');

  socket.emit('reverse', Buffer.from([1, 2, 3]));
  const [reversed] = await next(socket, 'reversed');
  assert.deepEqual([...Buffer.from(reversed)], [3, 2, 1]);
}
finish();
