// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const [ann, ben] = await Promise.all([connected(), connected()]);

await ann.emitWithAck('play', 7);
assert.equal(await ann.emitWithAck('guess', 5), 'higher');
assert.equal(await ann.emitWithAck('guess', 9), 'lower');
assert.equal(await ann.emitWithAck('guess', 7), 'right after 3');
await assert.rejects(ann.timeout(200).emitWithAck('guess', 7)); // nobody answers: the game is over
await assert.rejects(ben.timeout(200).emitWithAck('guess', 7)); // nor does Ben play

ann.emit('name', 'Ann');
assert.deepEqual(await next(ann, 'message'), ['Welcome, Ann']);

await ann.emitWithAck('trace');
await ann.emitWithAck('mute');
assert.deepEqual(await ann.emitWithAck('shout', 'hey'), { status: 'error', message: 'You are muted' });
ben.emit('shout', 'I may');
assert.deepEqual(await next(ann, 'shouted'), ['I may']);
await ann.emitWithAck('sorry');
ann.emit('shout', 'again');
assert.deepEqual(await next(ben, 'shouted'), ['again']);

const { id } = ann;
ann.disconnect();
assert.deepEqual(await next(ben, 'left'), [id, 'client namespace disconnect']);
finish();
