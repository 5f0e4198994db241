// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, never, next } from './client.mjs';

const webSocket = { transports: ['websocket'] }; // gets droppable events
const [ann, ben, cem] = await Promise.all([connected(), connected('/', webSocket), connected('/', webSocket)]);
assert.equal(await ann.emitWithAck('join', 'red'), 1);
assert.equal(await ben.emitWithAck('join', 'red'), 2);
assert.equal(await ben.emitWithAck('join', 'blue'), 1);
assert.equal(await cem.emitWithAck('join', 'quiet'), 1);

const news = { room: 'red', text: 'first' };
ann.emit('news', news);
assert.deepEqual(await next(ben, 'news'), [news]);

const shout = { room: 'red', text: 'second' };
const heard = [next(ann, 'news'), next(ben, 'news')];
ann.emit('shout', shout);
assert.deepEqual(await Promise.all(heard), [[shout], [shout]]);

never(cem, 'colours');
never(cem, 'loud');
never(ann, 'others');
let colours = 0;
ben.on('colours', () => (colours += 1));
const last = [next(ben, 'others'), next(cem, 'others')];
ann.emit('announce', 'hello');
assert.deepEqual(await Promise.all(last), [['hello'], ['hello']]);
assert.equal(colours, 1);

ann.emit('whisper', { room: cem.id, text: 'psst' });
assert.deepEqual(await next(cem, 'whisper'), ['psst']);

never(cem, 'tick');
const ticked = next(ben, 'tick');
ann.emit('tick', 3);
assert.deepEqual(await ticked, [3]);

const { id } = ben;
ben.disconnect();
assert.deepEqual(await next(ann, 'left'), ['red', id]);
finish();
