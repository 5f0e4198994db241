// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connect, finish, next, url } from './client.mjs';
import { io } from 'socket.io-client';

async function login(name, seconds = 3600) {
  const response = await fetch(`${url}/login?seconds=${seconds}`, { method: 'POST', body: name });
  return response.text();
}

const [missing] = await next(connect(), 'connect_error');
assert.equal(missing.message, 'Authentication error: Token missing');
const [invalid] = await next(connect('/', { auth: { token: 'stolen' } }), 'connect_error');
assert.equal(invalid.message, 'Authentication error: Invalid token');
const [header] = await next(connect('/', { extraHeaders: { Authorization: `Bearer ${await login('bob')}` } }), 'hello');
assert.equal(header, 'bob');

let seconds = 30;
const freshToken = () => login('ada', seconds);
// tag::client[]
const socket = io(url, { auth: async (give) => give({ token: await freshToken() }) });
socket.on('auth_expiring', async ({ secondsLeft, expiresAt }) => {
  const answer = await socket.emitWithAck('auth_refresh', await freshToken());
  if (answer.status !== 'success') {
    console.log(`signed out in ${secondsLeft} s: ${answer.message}`);
  }
});
socket.on('auth_expired', ({ message }) => console.log(message)); // and then it is disconnected
socket.on('auth_revoked', ({ message }) => console.log(message)); // the same
// end::client[]
assert.deepEqual(await next(socket, 'hello'), ['ada', ['reader']]);
const [{ secondsLeft }] = await next(socket, 'auth_expiring');
assert.ok(secondsLeft <= 30);

seconds = 3600;
const answer = await socket.emitWithAck('auth_refresh', { token: await freshToken() });
assert.equal(answer.status, 'success');
assert.ok(Date.parse(answer.expiresAt) > Date.now() + 3_000_000);
assert.deepEqual(await socket.emitWithAck('auth_refresh', await login('eve')), {
  status: 'error',
  message: 'Authentication error: Invalid token',
});

const revoked = next(socket, 'auth_revoked');
const gone = next(socket, 'disconnect');
const everywhere = await fetch(`${url}/sign-out-everywhere`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${await login('ada')}` },
});
assert.equal(everywhere.status, 204);
assert.deepEqual(await revoked, [{ message: 'The token was revoked' }]);
assert.equal((await gone)[0], 'io server disconnect');
finish();
