// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { finish, next, url } from './client.mjs';

// tag::client[]
import { io } from 'socket.io-client';

const socket = io(url); // http://localhost:3000
socket.on('connect', () => socket.emit('message', 'Hello from ' + socket.id));
socket.on('message', (text) => console.log(text));
// end::client[]

assert.deepEqual(await next(socket, 'welcome'), [socket.id]);
assert.deepEqual(await next(socket, 'message'), ['Hello from ' + socket.id]);
socket.disconnect();
finish();
