// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next, url } from './client.mjs';

const socket = await connected();
const notification = next(socket, 'notification');
const answer = await fetch(url + '/notify', { method: 'POST', headers: { 'x-key': 'secret' }, body: 'Lunch' });
assert.equal(answer.status, 202);
assert.deepEqual(await notification, ['Lunch']);
finish();
