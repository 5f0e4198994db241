// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, finish, never, next } from './client.mjs';

const main = connect();
const one = connect('/document-1');
const two = connect('/document-2');
const opened = [next(one, 'opened'), next(two, 'opened')];
assert.deepEqual(await Promise.all(opened), [['/document-1'], ['/document-2']]);
const [unknown] = await next(connect('/document-x'), 'connect_error');
assert.equal(unknown.message, 'Invalid namespace');

const reader = connect('/document-1');
await next(reader, 'opened');
never(two, 'edited');
never(two, 'first');
one.emit('edit', 'hello');
assert.deepEqual(await next(reader, 'edited'), ['hello']);
const told = [next(reader, 'maintenance'), next(two, 'maintenance'), next(reader, 'first')];
main.emit('maintenance', 'soon');
assert.deepEqual(await Promise.all(told), [['soon'], ['soon'], ['soon']]);

const acme = connect('/acme', { auth: { token: 'acme-token' } });
assert.deepEqual(await next(acme, 'members'), [1]);
const [other] = await next(connect('/acme', { auth: { token: 'initech-token' } }), 'connect_error');
assert.equal(other.message, 'This is not your tenant');
finish();
