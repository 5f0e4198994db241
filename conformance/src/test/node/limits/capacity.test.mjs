// SPDX-License-Identifier: Apache-2.0
// A server that takes one client, and two connections of a user on another port.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { client, CLIENTS, connected, once, refused } from '../lib/client.mjs';

const FULL = 'Server at capacity, try again later';
const USER_FULL = 'Too many connections of this user';
const USERS_URL = process.env.SOCKEYE_USERS_URL;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A connection of a client that may have to ask again, as long as the one before it is not known to have gone. */
async function soonConnected(kind) {
  for (let asked = 0; ; asked++) {
    const socket = client(kind, '/', { reconnection: false });
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => true),
      refused(kind, socket).then(() => false),
    ]);
    if (outcome) return socket;
    assert.ok(asked < 50, 'there is still no room');
    socket.disconnect();
    await pause(100);
  }
}

for (const kind of CLIENTS) {
  describe(`a full server and ${kind.name}`, () => {
    it('tells the one too many, who finds room when another one leaves', async () => {
      const first = await soonConnected(kind);
      const second = client(kind, '/', { reconnection: false });
      assert.deepEqual(await refused(kind, second), kind.version === 2 ? FULL : { message: FULL });
      assert.equal(second.connected, false);
      assert.equal(first.connected, true);
      second.disconnect();
      first.disconnect();
      const third = await soonConnected(kind);
      third.disconnect();
    });

    if (kind.version === 4) {
      it('does not try again by itself once it was told', async () => {
        const first = await soonConnected(kind);
        const second = client(kind, '/');
        let told = 0;
        second.on('connect_error', () => told++);
        await once(second, 'connect_error');
        await pause(400);
        assert.equal(told, 1);
        assert.equal(second.active, false);
        first.disconnect();
        for (let asked = 0; !second.connected && asked < 50; asked++) {
          second.connect();
          await Promise.race([once(second, 'connect'), once(second, 'connect_error')]);
          await pause(100);
        }
        assert.equal(second.connected, true);
        second.disconnect();
      });
    }

    if (kind.version !== 2) {
      it('counts the connections of a user', async () => {
        const auth = { name: `ann ${kind.name}` };
        const there = { ...kind, url: USERS_URL };
        const first = await connected(there, '/', { auth });
        const second = await connected(there, '/', { auth });
        const third = client(there, '/', { auth });
        assert.deepEqual(await refused(there, third), { message: USER_FULL });
        for (const socket of [first, second, third]) socket.disconnect();
      });
    }
  });
}
