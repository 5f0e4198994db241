// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakableProxy } from '../lib/breakable-proxy.mjs';
import { client, CLIENTS, connected, echo, manager, once, ownId, reasonOf, refused } from '../lib/client.mjs';

const restart = () => fetch(`${process.env.SOCKEYE_CONTROL}/restart`, { method: 'POST' });

for (const kind of CLIENTS) {
  const pair = async () => {
    const shared = manager(kind);
    const main = shared.socket('/');
    const custom = shared.socket('/custom');
    await Promise.all([once(main, 'connect'), once(custom, 'connect')]);
    return [main, custom];
  };

  describe(`connections of ${kind.name}`, () => {
    it('are refused an unknown namespace', async () => {
      const socket = client(kind, '/unknown');
      assert.deepEqual(await refused(kind, socket), { message: 'Invalid namespace' });
      assert.equal(socket.connected, false);
      socket.disconnect();
    });

    it('are told why they are refused', async () => {
      const socket = client(kind, '/refusing');
      assert.deepEqual(
        await refused(kind, socket),
        kind.version === 2 ? 'no entry' : { message: 'no entry' },
      );
      socket.disconnect();
    });

    it('are told details why they are refused', async () => {
      const data = { detail: 'é🐟' };
      const socket =
        kind.version === 2
          ? client(kind, '/refusing?detail=' + encodeURIComponent(data.detail))
          : client(kind, '/refusing', { auth: data });
      assert.deepEqual(
        await refused(kind, socket),
        kind.version === 2 ? data : { message: 'no entry', data },
      );
      socket.disconnect();
    });

    if (kind.version === 2) {
      it('carry the query of a namespace', async () => {
        const socket = client(kind, '/custom?token=%C3%A9&b=1');
        assert.deepEqual(await once(socket, 'auth'), [{ token: 'é', b: '1' }]);
        assert.deepEqual(await echo(socket, 1, Buffer.from([2])), [1, Buffer.from([2])]);
        socket.disconnect();
      });
    } else {
      it('carry the auth payload', async () => {
        const auth = { token: 'é🐟', list: [1, { a: null }] };
        for (const namespace of ['/', '/custom']) {
          const socket = client(kind, namespace, { auth });
          assert.deepEqual(await once(socket, 'auth'), [auth]);
          socket.disconnect();
        }
      });
    }

    it('carry several namespaces', async () => {
      const [main, custom] = await pair();
      assert.notEqual(main.id, custom.id);
      if (kind.version > 2) {
        assert.deepEqual(await Promise.all([main, custom].map(ownId)), [main.id, custom.id]);
      }
      assert.deepEqual(await Promise.all([echo(main, 1), echo(custom, Buffer.from([2]))]), [
        [1],
        [Buffer.from([2])],
      ]);
      main.disconnect();
      assert.deepEqual(await echo(custom, 3), [3]);
      custom.disconnect();
    });

    it('go on when one of their namespaces is refused', async () => {
      const shared = manager(kind);
      const unknown = shared.socket('/unknown');
      const main = shared.socket('/');
      const [error] = await Promise.all([refused(kind, unknown), once(main, 'connect')]);
      assert.equal(error.message, 'Invalid namespace');
      assert.deepEqual(await echo(main, 1), [1]);
      main.disconnect();
      unknown.disconnect();
    });

    it('end and begin anew as the client wants', async () => {
      const observer = await connected(kind);
      const socket = await connected(kind);
      for (let i = 0; i < 3; i++) {
        const before = await ownId(socket);
        const gone = once(socket, 'disconnect');
        socket.disconnect();
        assert.equal((await gone)[0], 'io client disconnect');
        assert.equal(await reasonOf(observer, before), 'client namespace disconnect');
        socket.connect();
        await once(socket, 'connect');
        assert.notEqual(await ownId(socket), before);
        assert.deepEqual(await echo(socket, i), [i]);
      }
      socket.disconnect();
      observer.disconnect();
    });

    it('stay when the server ends one namespace', async () => {
      const [main, custom] = await pair();
      const id = await ownId(main);
      const gone = once(main, 'disconnect');
      main.emit('kick');
      assert.equal((await gone)[0], 'io server disconnect');
      assert.equal(main.connected, false);
      assert.equal(await reasonOf(custom, id), 'server namespace disconnect');
      assert.deepEqual(await echo(custom, 1), [1]);
      custom.disconnect();
    });

    it('end when the server ends them, in all namespaces', async () => {
      const observer = await connected(kind);
      const [main, custom] = await pair();
      const ids = await Promise.all([main, custom].map(ownId));
      const gone = Promise.all([once(main, 'disconnect'), once(custom, 'disconnect')]);
      main.emit('kick-all');
      assert.deepEqual(
        (await gone).map(([reason]) => reason),
        ['io server disconnect', 'io server disconnect'],
      );
      for (const id of ids) assert.equal(await reasonOf(observer, id), 'server namespace disconnect');
      observer.disconnect();
    });

    it('come back by themselves when the server was started anew', async () => {
      const socket = await connected(kind);
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

    it('come back by themselves when the network was cut', async () => {
      const network = await breakableProxy(kind.url);
      const observer = await connected(kind);
      const socket = await connected({ ...kind, url: network.url });
      const id = await ownId(socket);
      const gone = once(socket, 'disconnect');
      const back = once(socket.io, 'reconnect');
      await network.cutWhenQuiet();
      assert.match((await gone)[0], /^transport (close|error)$/);
      await back;
      assert.deepEqual(await echo(socket, 'again'), ['again']);
      assert.match(await reasonOf(observer, id), /^transport (close|error)$/);
      socket.disconnect();
      observer.disconnect();
      network.close();
    });

    it('come back by themselves when they break', async () => {
      const observer = await connected(kind);
      const socket = await connected(kind);
      const id = await ownId(socket);
      const back = once(socket.io, 'reconnect');
      socket.io.engine.close();
      await back;
      assert.deepEqual(await echo(socket, 'again'), ['again']);
      assert.equal(await reasonOf(observer, id), 'transport close');
      socket.disconnect();
      observer.disconnect();
    });

    it('send what was said while they were away', async () => {
      const socket = await connected(kind);
      const gone = once(socket, 'disconnect');
      socket.io.engine.close();
      await gone;
      assert.deepEqual(await echo(socket, 'kept'), ['kept']);
      socket.disconnect();
    });
  });
}
