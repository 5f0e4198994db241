// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next, url } from './client.mjs';

const path = `${url}/socket.io/?EIO=4&transport=polling`;

const stranger = await fetch(path);
assert.equal(stranger.status, 403);
assert.deepEqual(await stranger.json(), { code: 4, message: 'Unknown key' });
const blocked = await fetch(`${path}&key=web-page`, { headers: { 'user-agent': 'scraper' } });
assert.deepEqual(await blocked.json(), { code: 3, message: 'Bad request' });

const opened = await fetch(`${path}&key=web-page`);
const { sid } = JSON.parse((await opened.text()).slice(1));
assert.match(sid, /^a\.[\w-]{24}$/);
assert.equal(opened.headers.get('set-cookie'), `io=${sid}; Path=/; HttpOnly; Secure; SameSite=Lax`);
assert.equal(opened.headers.get('x-node'), 'a');
assert.equal(opened.headers.get('x-content-type-options'), 'nosniff');

const script = await fetch(`${url}/socket.io/socket.io.min.js`);
assert.equal(script.status, 200);
assert.match(await script.text(), /Socket\.IO v4/);

const query = { key: 'mobile-app' };
const [ann, bob] = await Promise.all([
  connected('/', { query, transports: ['websocket'], perMessageDeflate: true }),
  connected('/', { query }),
]);
const photo = Buffer.alloc(50_000, 7);
bob.emit('photo', photo);
assert.deepEqual(await next(ann, 'photo'), [photo]);
finish();
