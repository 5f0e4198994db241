// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const socket = await connected();
socket.emit('subscribe', 'ACME');
const [price] = await next(socket, 'price');
assert.equal(price.symbol, 'ACME');
assert.equal(Number.isInteger(price.cents), true);
assert.equal(Number.isNaN(Date.parse(price.time)), false);
await next(socket, 'price');
finish();
