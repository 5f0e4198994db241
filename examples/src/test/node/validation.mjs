// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const socket = await connected();
const other = await connected();

const heard = next(other, 'message');
// tag::answers[]
const taken = await socket.emitWithAck('message', { text: '  hello ' });
// taken is { status: 'success' }, and the others get 'hello'
const blank = await socket.emitWithAck('message', { text: '   ' });
// blank is { status: 'error', message: 'Invalid message format' }
// end::answers[]
assert.deepEqual(taken, { status: 'success' });
assert.deepEqual(await heard, ['hello']);

const invalid = { status: 'error', message: 'Invalid message format' };
assert.deepEqual(blank, invalid);
const bad = [undefined, null, 'text', 5, [], {}, { text: 5 }, { text: 'x'.repeat(1001) }];
for (const payload of [...bad, { text: 'x', links: [{ url: ' ' }] }]) {
  assert.deepEqual(await socket.emitWithAck('message', payload), invalid);
}
assert.deepEqual(await socket.emitWithAck('message', { text: 'x'.repeat(1000) }), { status: 'success' });

const renamed = next(socket, 'renamed');
socket.emit('rename', '\u00a0Ann\ufeff ');
assert.deepEqual(await renamed, ['Ann']);
for (const name of ['', '\u00a0\ufeff', 'x'.repeat(33), 5, null, { text: 'Ann' }]) {
  assert.deepEqual(await socket.emitWithAck('rename', name), invalid);
}

const schemas = await connected('/schemas');
assert.deepEqual(await schemas.emitWithAck('message', { text: 'hello' }), { status: 'success' });
for (const payload of [...bad, { text: '   ' }]) {
  assert.deepEqual(await schemas.emitWithAck('message', payload), invalid);
}
finish();
