// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, finish, next, url } from './client.mjs';
import { io } from 'socket.io-client';

const [missing] = await next(connect(), 'connect_error');
assert.equal(missing.message, 'Authentication error: Token missing');

// tag::refused[]
const stranger = io(url, { auth: { token: 'stolen' } });
stranger.on('connect_error', (error) => {
  if (!stranger.active) {
    // refused by the server: it will not try again by itself
    console.log(error.message, error.data); // 'Authentication error: Invalid token', { retryAfterSeconds: 30 }
  }
});
// end::refused[]
const [error] = await next(stranger, 'connect_error');
assert.equal(error.message, 'Authentication error: Invalid token');
assert.deepEqual(error.data, { retryAfterSeconds: 30 });
assert.equal(stranger.active, false);

const alice = connect('/', { auth: { token: 'alice-token' } });
assert.deepEqual(await next(alice, 'hello'), ['alice']);
assert.deepEqual(await alice.emitWithAck('join_room', 'staff'), { roomId: 'staff' });

const bob = connect('/', { extraHeaders: { Authorization: 'Bearer bob-token' } });
assert.deepEqual(await next(bob, 'hello'), ['bob']);
const denied = await bob.emitWithAck('join_room', 'staff');
assert.deepEqual(denied, { status: 'error', message: 'Not authorized to join this room' });
stranger.disconnect();
finish();
