// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish } from './client.mjs';

const [ann, ben, cem] = await Promise.all([connected(), connected(), connected()]);
for (const client of [ann, ben, cem]) {
  await client.emitWithAck('join', 'red');
}
ben.on('question', (question, reply) => reply(`${question} yes`));
cem.on('question', () => {}); // does not answer

const early = await ann.emitWithAck('ask', { room: 'nobody', question: 'there?' });
assert.deepEqual(early, { answers: [], missing: [] });
const result = await ann.emitWithAck('ask', { room: 'red', question: 'tea?' });
assert.deepEqual(result, { answers: ['tea? yes'], missing: [cem.id] });

for (const client of [ann, ben]) {
  client.on('ready?', (reply) => reply(true));
}
assert.equal(await ann.emitWithAck('ready', 'red'), false); // cem says nothing
assert.equal(await ann.emitWithAck('ready', ben.id), true);
finish();
