// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const socket = await connected();
const polling = await connected('/', { transports: ['polling'] });
socket.emit('work', 'sum');
assert.deepEqual(await next(socket, 'done'), ['sum']);
const ends = [next(socket, 'disconnect'), next(polling, 'disconnect')];
console.log('ready'); // the server closes now
for (const [reason] of await Promise.all(ends)) {
  // Reasons after which clients come back by themselves; "error" if a poll met the port closed already.
  assert.match(reason, /^transport (close|error)$/);
}
finish();
