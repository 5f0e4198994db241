// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { finish, next, url } from './client.mjs';

// tag::client[]
import { io } from 'socket.io-client';

const socket = io(url); // http://localhost:3000
socket.on('connect', () => socket.emit('message', 'Hello from ' + socket.id));
socket.on('message', (text) => console.log(text));
// end::client[]

// Both may come in one answer to a poll.
const [welcome, message] = await Promise.all([next(socket, 'welcome'), next(socket, 'message')]);
assert.deepEqual(welcome, [socket.id]);
assert.deepEqual(message, ['Hello from ' + socket.id]);
socket.disconnect();
finish();
