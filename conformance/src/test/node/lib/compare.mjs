// SPDX-License-Identifier: Apache-2.0
// Puts the same probes to the reference and to the server under test.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Probe } from './probe.mjs';
import { startReference } from './reference.mjs';

const { SOCKEYE_URL, SOCKEYE_CONTROL } = process.env;
const PATHS = { engine: '/engine.io/', engine3: '/engine.io/', socket: '/socket.io/' };

/** Compared with itself, the reference shows which probes have no certain answer. */
const ITSELF = !SOCKEYE_URL && !SOCKEYE_CONTROL;

/** The server that this process was started for, or one that is started with these options. */
async function start(profile, options) {
  if (SOCKEYE_URL) return { url: SOCKEYE_URL, stop() {} };
  if (ITSELF) return startReference(profile, options);
  const answer = await fetch(`${SOCKEYE_CONTROL}/start`, { method: 'POST', body: JSON.stringify(options) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return { url: `http://localhost:${text}`, stop() {} };
}

async function converse(url, conversation, options) {
  const probe = new Probe(url, options);
  try {
    await conversation(probe);
    return probe.log;
  } finally {
    probe.end();
  }
}

function compareServers(theme, profile, serverOptions, probes, intended) {
  let servers;
  const path = serverOptions.path ?? PATHS[profile] ?? '/socket.io/';

  describe(theme, () => {
    before(async () => {
      servers = [await start(profile, serverOptions), await startReference(profile, serverOptions)];
    });
    after(() => Promise.all(servers.map((server) => server.stop())));

    for (const [name, conversation, options] of probes) {
      it(name, async () => {
        const [ours, theirs] = await Promise.all(
          servers.map(({ url }) => converse(url + path, conversation, options)),
        );
        if (name in intended && !ITSELF) {
          assert.notDeepEqual(ours, theirs, 'no difference any more');
          assert.deepEqual(ours, intended[name].ours, intended[name].reason);
        } else {
          assert.deepEqual(ours, theirs);
        }
      });
    }
    it('has no difference on its list that is not probed', () => {
      const names = new Set(probes.map(([name]) => name));
      assert.equal(names.size, probes.length, 'two probes have one name');
      assert.deepEqual(
        Object.keys(intended).filter((name) => !names.has(name)),
        [],
      );
    });
  });
}

const profileOf = (script) => basename(script).split('-')[0];

/**
 * Compares the records of all probes, put to the profile that the name of the script begins with.
 *
 * @param probes rows of a name, a conversation, and options of the probe
 * @param intended by name of a probe, why ours answers something else, and what
 */
export function compare(theme, probes, intended = {}) {
  compareServers(theme, profileOf(process.argv[1]), {}, probes, intended);
}

/** The same with servers that have these options, named as those of the reference, and the behaviours of real servers. */
export function compareWith(serverOptions, theme, probes, intended = {}) {
  compareServers(theme, 'clients', serverOptions, probes, intended);
}
