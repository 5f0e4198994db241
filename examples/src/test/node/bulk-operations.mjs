// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next } from './client.mjs';

const [ann, ben] = await Promise.all([connected(), connected()]);
ann.emit('name', 'Ann');
ben.emit('name', 'Ben');
let names = [];
while (names.length < 2) {
  ({ names } = await ann.emitWithAck('names', 'lobby'));
}
assert.deepEqual(names.sort(), ['Ann', 'Ben']);

const begun = [next(ann, 'begun'), next(ben, 'begun')];
ann.emit('begin', 'chess');
assert.deepEqual(await Promise.all(begun), [['chess'], ['chess']]);
assert.deepEqual((await ann.emitWithAck('names', 'lobby')).names, []);

const gone = [next(ann, 'disconnect'), next(ben, 'disconnect')];
ben.emit('finish', 'chess');
assert.deepEqual((await Promise.all(gone)).map(([reason]) => reason), ['io server disconnect', 'io server disconnect']);
finish();
