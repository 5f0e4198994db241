// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { client, CLIENTS, connected, echo, once, request, several } from '../lib/client.mjs';

const ARGUMENTS = [
  ['text', ['hello']],
  ['nothing', []],
  ['values of all kinds', [1, -1.5, true, null, 'x', [], {}, { a: [{ b: null }] }]],
  ['text of all widths', ['aé€🐟', { 'ключ🐟': '\u2028"\\\n\u0000' }]],
  ['binary', [Buffer.from([0, 1, 255])]],
  ['empty binary', [Buffer.alloc(0)]],
  ['several binaries', [Buffer.from('one'), 'between', Buffer.from('two')]],
  ['nested binary', [{ file: { name: 'é.bin', parts: [Buffer.from([1]), Buffer.from([2])] } }]],
  ['500 KB of text', ['ab🐟'.repeat(83334)]],
  ['500 KB of binary', [Buffer.alloc(500000, 7)]],
];

for (const kind of CLIENTS) {
  describe(`messages of ${kind.name}`, () => {
    for (const [what, args] of ARGUMENTS) {
      it(`carries ${what} both ways`, async () => {
        const socket = await connected(kind);
        assert.deepEqual(await echo(socket, ...args), args);
        socket.disconnect();
      });

      it(`acknowledges ${what}`, async () => {
        const socket = await connected(kind);
        assert.deepEqual(await request(socket, 'message-with-ack', ...args), args);
        socket.disconnect();
      });

      it(`is acknowledged ${what}`, async () => {
        const socket = await connected(kind);
        socket.on('question', (...all) => all.pop()(...all));
        const answered = once(socket, 'answered');
        socket.emit('ask', ...args);
        assert.deepEqual(await answered, args);
        socket.disconnect();
      });
    }

    it('takes a burst of 120 messages, none lost, in order', async () => {
      const socket = await connected(kind);
      const back = several(socket, 'message-back', 120);
      for (let i = 0; i < 120; i++) socket.emit('message', i, Buffer.from([i]));
      const expected = Array.from({ length: 120 }, (_, i) => [i, Buffer.from([i])]);
      assert.deepEqual(await back, expected);
      socket.disconnect();
    });

    it('sends a burst of 120 messages, none lost, in order', async () => {
      const socket = await connected(kind);
      const parts = several(socket, 'part', 120);
      socket.emit('burst', 120);
      const expected = Array.from({ length: 120 }, (_, i) => [i, Buffer.from([i])]);
      assert.deepEqual(await parts, expected);
      socket.disconnect();
    });

    for (const from of kind.version === 2 ? ['server'] : ['client', 'server']) {
      it(`carries what the ${from} may drop, unless something is in the way`, async () => {
        const socket = await connected(kind);
        const emit = {
          client: () => socket.volatile.emit('message', 1),
          server: () => socket.emit('volatile', 1),
        }[from];
        let first;
        // Between two requests of long-polling there is no way to the other side, and it is dropped.
        for (let tries = 0; tries < 50 && first !== 1; tries++) {
          const back = once(socket, 'message-back');
          emit();
          socket.emit('message', 'after it');
          [first] = await back;
          assert.ok([1, 'after it'].includes(first));
          await new Promise((resolve) => setTimeout(resolve, tries));
        }
        assert.equal(first, 1);
        socket.disconnect();
      });
    }

    it('carries binary as text when the client wants it so', async () => {
      const socket = await connected(kind, '/', { forceBase64: true });
      assert.deepEqual(await echo(socket, Buffer.from([1, 2])), [Buffer.from([1, 2])]);
      socket.disconnect();
    });
  });
}

describe('messages during an upgrade', () => {
  for (const kind of CLIENTS.filter(({ options }) => options.transports.length > 1)) {
    it(`arrive once and in order with ${kind.name}`, async () => {
      const socket = client(kind, '/');
      const back = several(socket, 'message-back', 300);
      await once(socket, 'connect');
      for (let i = 0; i < 300; i++) {
        socket.emit('message', i);
        if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      assert.deepEqual(
        await back,
        Array.from({ length: 300 }, (_, i) => [i]),
      );
      if (socket.io.engine.transport.name !== 'websocket') await once(socket.io.engine, 'upgrade');
      const transport = once(socket, 'transport');
      socket.emit('transport');
      assert.deepEqual(await transport, ['websocket']);
      socket.disconnect();
    });
  }
});
