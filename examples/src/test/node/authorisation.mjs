// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, connected, finish, next, until } from './client.mjs';

const eve = connect('/', { auth: { name: 'eve' } });
const [refused] = await next(eve, 'connect_error');
assert.equal(refused.message, 'Not authorized');

const alice = await connected('/', { auth: { name: 'alice' } });
const bob = await connected('/', { auth: { name: 'bob' } });

const came = [];
bob.on('room_joined', (joined) => came.push(joined));
bob.on('error', (error) => came.push(error));
// tag::join[]
bob.on('room_joined', ({ roomId }) => console.log('joined', roomId));
bob.on('error', ({ message }) => console.log(message));
bob.emit('join_room', 'lobby'); // room_joined: { roomId: 'lobby' }
bob.emit('join_room', { roomId: 'staff' }); // error: 'Not authorized to join this room'
bob.emit('join_room', 'broken'); // error: 'Error checking permissions'
// end::join[]
await until(() => came.length === 3, 'three answers');
assert.deepEqual(came, [
  { roomId: 'lobby' },
  { message: 'Not authorized to join this room' },
  { message: 'Error checking permissions' },
]);

// tag::denied[]
const denied = await alice.emitWithAck('say', { room: 'lobby', text: 'hello' });
// denied is { status: 'error', message: 'Not authorized' }: alice has not joined the room
// end::denied[]
assert.deepEqual(denied, { status: 'error', message: 'Not authorized' });
assert.deepEqual(await alice.emitWithAck('join_room', 'lobby'), { roomId: 'lobby' });
const said = next(bob, 'say');
alice.emit('say', { room: 'lobby', text: 'hello' });
assert.deepEqual(await said, [{ room: 'lobby', text: 'hello' }]);

assert.equal(await alice.emitWithAck('delete', '7'), 'deleted 7');
assert.deepEqual(await bob.emitWithAck('delete', '7'), { status: 'error', message: 'Not authorized' });

const kiosk = await connected('/kiosk');
assert.equal(await kiosk.emitWithAck('order', 'tea'), 'one tea');
assert.deepEqual(await kiosk.emitWithAck('other'), { status: 'error', message: 'Not authorized' });
eve.disconnect();
finish();
