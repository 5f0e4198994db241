// SPDX-License-Identifier: Apache-2.0
// Puts the same probes to the reference and to the server under test.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Probe } from './probe.mjs';
import { startReference } from './reference.mjs';

const OURS = process.env.SOCKEYE_URL;

async function run(url, conversation, options) {
  const probe = new Probe(url, options);
  try {
    await conversation(probe);
    return probe.log;
  } finally {
    probe.end();
  }
}

/**
 * Compares the records of all probes.
 *
 * @param probes rows of a name, a conversation, and options of the probe
 * @param intended by name of a probe, why ours answers something else, and what
 */
export function compare(theme, probes, intended = {}) {
  let reference;
  before(async () => (reference = await startReference(new URL(OURS).pathname)));
  after(() => reference.stop());

  describe(theme, () => {
    for (const [name, conversation, options] of probes) {
      it(name, async () => {
        const [ours, theirs] = await Promise.all(
          [OURS, reference.url].map((url) => run(url, conversation, options)),
        );
        if (name in intended) {
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
