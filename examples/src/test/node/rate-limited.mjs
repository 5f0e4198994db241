// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, url } from './client.mjs';

const socket = await connected('/', { auth: { name: 'alice' } });
const answers = [];
// tag::send[]
for (let i = 1; i <= 11; i++) {
  const answer = await socket.emitWithAck('message', { text: `message ${i}` });
  if (answer.status === 'error') {
    console.log(answer.message); // 'Rate limit exceeded. Please try again later.', for the eleventh
  }
  answers.push(answer);
}
// end::send[]
assert.deepEqual(answers[0], { status: 'success' });
assert.deepEqual(answers[9], { status: 'success' });
assert.deepEqual(answers[10], { status: 'error', message: 'Rate limit exceeded. Please try again later.' });
assert.equal(await (await fetch(url + '/refused')).text(), '1');
finish();
