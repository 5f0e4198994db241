// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, finish, never, next, until } from './client.mjs';

const ann = connect();
assert.equal((await next(ann, 'history'))[0], 'hello');
const bob = connect();
await next(bob, 'history');
const carl = connect();
const carlHeard = [];
carl.on('said', (text) => carlHeard.push(text));
await next(carl, 'history');
const { id } = ann;

const heard = [];
// tag::listen[]
ann.on('said', (text) => heard.push(text)); // behind what was sent comes one more argument, the offset
ann.on('connect', () => {
  if (!ann.recovered) {
    console.log('a new socket: fetch what may have been missed');
  }
});
// end::listen[]
bob.emit('say', 'before');
await until(() => heard.length === 1, 'the first word');

never(ann, 'typing');
never(ann, 'history');
ann.io.engine.close(); // as a network that fails
bob.emit('typing');
for (let i = 0; i < 20; i++) bob.emit('say', `missed ${i}`);
await until(() => carlHeard.length === 21, 'all is said');
ann.connect();
await next(ann, 'connect');
assert.equal(ann.recovered, true);
assert.equal(ann.id, id);
bob.emit('say', 'after');
await until(() => heard.at(-1) === 'after', 'the last word');
assert.deepEqual(heard, ['before', ...Array.from({ length: 20 }, (_, i) => `missed ${i}`), 'after']);

// A client that ended by its own will comes back as a new one.
const left = connect();
await next(left, 'history');
left.disconnect().connect();
await next(left, 'history');
assert.equal(left.recovered, false);
finish();
