// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const socket = await connected();
const other = await connected('/', { transports: ['websocket'] }); // gets droppable events

// tag::request[]
const placed = await socket.emitWithAck('place', { item: 'tea', count: 2 });
// placed is { number: 1 }
const refused = await socket.emitWithAck('place', { item: 'tea', count: 0 });
// refused is { status: 'error', message: 'Order at least one' }
const invalid = await socket.emitWithAck('place', { item: 'tea', count: 'two' });
// invalid is { status: 'error', message: 'Invalid message format' }
// end::request[]
assert.deepEqual(placed, { number: 1 });
assert.deepEqual(refused, { status: 'error', message: 'Order at least one' });
assert.deepEqual(invalid, { status: 'error', message: 'Invalid message format' });

assert.deepEqual(await socket.emitWithAck('look up', 1), { number: 1, state: 'placed' });

socket.emit('refresh');
assert.deepEqual(await next(socket, 'status'), [{ number: 1, state: 'placed' }]);
socket.emit('rename', 'desk');
assert.deepEqual(await next(socket, 'renamed'), ['desk', 4]);
socket.emit('move', 1, 2);
assert.deepEqual(await next(socket, 'moved'), [1, 2, 'no reason']);
socket.emit('move', 1, 2, 'better view');
assert.deepEqual(await next(socket, 'moved'), [1, 2, 'better view']);
assert.deepEqual(await socket.emitWithAck('move', 1, 2, 3, 4), { status: 'error', message: 'Too many arguments' });

socket.emit('cursor', 7);
assert.deepEqual(await next(other, 'cursor'), [socket.id, 7]);

// tag::ask[]
socket.on('confirm', (question, answer) => answer(question === 'Cancel order 1?'));
// end::ask[]
socket.emit('cancel', 1);
assert.deepEqual(await next(socket, 'status'), [{ number: 1, state: 'cancelled' }]);
socket.emit('cancel', 2);
assert.deepEqual(await next(socket, 'status'), [{ number: 2, state: 'kept' }]);
finish();
