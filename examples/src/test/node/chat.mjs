// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, connected, finish, next } from './client.mjs';

const stranger = connect('/chat');
const [refusal] = await next(stranger, 'connect_error');
assert.equal(refusal.message, 'Authentication error: Token missing');

const alice = await connected('/chat', { auth: { token: 'alice' }, transports: ['polling'] });
const bob = await connected('/chat', { auth: { token: 'bob' }, transports: ['websocket'] });
assert.deepEqual(await alice.emitWithAck('join', { room: 'lobby' }), { members: 1 });
assert.deepEqual(await bob.emitWithAck('join', { room: 'lobby' }), { members: 2 });

// Droppable: it would not reach a polling client whose poll is on its way.
alice.emit('typing', 'lobby');
assert.deepEqual(await next(bob, 'typing'), [alice.id]);
alice.emit('say', { room: 'lobby', text: 'Hello' });
assert.deepEqual(await next(bob, 'said'), [{ from: 'alice', text: 'Hello' }]);

const { id } = alice;
alice.disconnect();
assert.deepEqual(await next(bob, 'left'), [id]);
finish();
