// SPDX-License-Identifier: Apache-2.0
// Clients that send too fast, and what they are told, to the letter.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLIENTS, connected, request } from '../lib/client.mjs';

const ACCEPTED = { status: 'success' };
const REFUSED = { status: 'error', message: 'Rate limit exceeded. Please try again later.' };

for (const kind of CLIENTS) {
  describe(`rate limits for ${kind.name}`, () => {
    it('accepts ten messages and refuses the eleventh', async () => {
      const socket = await connected(kind);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => request(socket, 'message', { text: `m${i}` })),
      );
      assert.deepEqual(
        answers.flat(),
        Array.from({ length: 12 }, (_, i) => (i < 10 ? ACCEPTED : REFUSED)),
      );
      assert.deepEqual(await request(socket, 'handled'), [10]);
      assert.deepEqual(await request(socket, 'other', 'x'), [ACCEPTED]);
      socket.disconnect();
    });

    it('begins afresh with each connection', async () => {
      const socket = await connected(kind);
      assert.deepEqual(await request(socket, 'message', { text: 'x' }), [ACCEPTED]);
      socket.disconnect();
    });

    it('goes on after messages that asked for no answer', async () => {
      const socket = await connected(kind);
      for (let i = 0; i < 30; i++) socket.emit('message', { text: `m${i}` });
      assert.deepEqual(await request(socket, 'handled'), [10]);
      assert.deepEqual(await request(socket, 'message', { text: 'x' }), [REFUSED]);
      assert.ok(socket.connected);
      socket.disconnect();
    });
  });
}
