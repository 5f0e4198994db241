// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, finish, next } from './client.mjs';

const extraHeaders = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' };
const options = { extraHeaders, auth: { name: 'ann' } };

assert.deepEqual(await next(connect('/', options), 'address'), ['203.0.113.7', true]);
await next(connect('/', options), 'address');

const third = connect('/', options);
const [error] = await next(third, 'connect_error');
assert.equal(error.message, 'Too many connections of this user');
assert.equal(third.active, false);
finish();
