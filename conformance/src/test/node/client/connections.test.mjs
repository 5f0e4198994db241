// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { client, connected, echo, manager, once, WAYS } from '../lib/client.mjs';

const restart = () => fetch(`${process.env.SOCKEYE_CONTROL}/restart`, { method: 'POST' });

for (const [way, options] of WAYS) {
  describe(`connections over ${way}`, () => {
    it('are refused an unknown namespace', async () => {
      const socket = client('/unknown', options);
      const [error] = await once(socket, 'connect_error');
      assert.equal(error.message, 'Invalid namespace');
      assert.equal(socket.connected, false);
      socket.disconnect();
    });

    it('carry several namespaces', async () => {
      const shared = manager(options);
      const main = shared.socket('/');
      const custom = shared.socket('/custom');
      await Promise.all([once(main, 'connect'), once(custom, 'connect')]);
      assert.notEqual(main.id, custom.id);
      assert.deepEqual(await Promise.all([echo(main, 1), echo(custom, Buffer.from([2]))]), [
        [1],
        [Buffer.from([2])],
      ]);
      main.disconnect();
      assert.deepEqual(await echo(custom, 3), [3]);
      custom.disconnect();
    });

    it('go on when one of their namespaces is refused', async () => {
      const shared = manager(options);
      const unknown = shared.socket('/unknown');
      const main = shared.socket('/');
      const [[error]] = await Promise.all([once(unknown, 'connect_error'), once(main, 'connect')]);
      assert.equal(error.message, 'Invalid namespace');
      assert.deepEqual(await echo(main, 1), [1]);
      main.disconnect();
      unknown.disconnect();
    });

    it('end and begin anew as the client wants', async () => {
      const socket = await connected(options);
      for (let i = 0; i < 3; i++) {
        const before = socket.id;
        const gone = once(socket, 'disconnect');
        socket.disconnect();
        assert.equal((await gone)[0], 'io client disconnect');
        socket.connect();
        await once(socket, 'connect');
        assert.notEqual(socket.id, before);
        assert.deepEqual(await echo(socket, i), [i]);
      }
      socket.disconnect();
    });

    it('stay when the server ends one namespace', async () => {
      const shared = manager(options);
      const main = shared.socket('/');
      const custom = shared.socket('/custom');
      await Promise.all([once(main, 'connect'), once(custom, 'connect')]);
      const gone = once(main, 'disconnect');
      main.emit('kick');
      assert.equal((await gone)[0], 'io server disconnect');
      assert.equal(main.active, false);
      assert.deepEqual(await echo(custom, 1), [1]);
      custom.disconnect();
    });

    it('end when the server ends them, in all namespaces', async () => {
      const shared = manager(options);
      const main = shared.socket('/');
      const custom = shared.socket('/custom');
      await Promise.all([once(main, 'connect'), once(custom, 'connect')]);
      const gone = Promise.all([once(main, 'disconnect'), once(custom, 'disconnect')]);
      main.emit('kick-all');
      assert.deepEqual(
        (await gone).map(([reason]) => reason),
        ['io server disconnect', 'io server disconnect'],
      );
    });

    it('come back by themselves when the server was started anew', async () => {
      const socket = await connected(options);
      const gone = once(socket, 'disconnect');
      const back = once(socket.io, 'reconnect');
      const connectedAgain = gone.then(() => once(socket, 'connect'));
      await restart();
      assert.match((await gone)[0], /^transport (close|error)$/);
      await back;
      await connectedAgain;
      assert.deepEqual(await echo(socket, 'again'), ['again']);
      socket.disconnect();
    });

    it('come back by themselves when they break', async () => {
      const socket = await connected(options);
      const back = once(socket.io, 'reconnect');
      socket.io.engine.close();
      await back;
      assert.deepEqual(await echo(socket, 'again'), ['again']);
      socket.disconnect();
    });

    it('send what was said while they were away', async () => {
      const socket = await connected(options);
      const gone = once(socket, 'disconnect');
      socket.io.engine.close();
      await gone;
      assert.deepEqual(await echo(socket, 'kept'), ['kept']);
      socket.disconnect();
    });
  });
}
