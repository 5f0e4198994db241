// SPDX-License-Identifier: Apache-2.0
// A TCP proxy whose connections can be broken.
import { createServer, connect } from 'node:net';

const QUIET = 100;

/** Takes connections on a free port to a target. Resolves to the proxy. */
export async function breakableProxy(target) {
  const { hostname, port } = new URL(target);
  const pairs = new Set();
  let lastPassed = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.on('error', end).on('close', end);
      socket.on('data', () => (lastPassed = Date.now()));
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Breaks all connections, in a way that both ends see. */
    cut() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** The same when nothing is under way any more, so that a long poll has reached the server. */
    async cutWhenQuiet() {
      while (Date.now() - lastPassed < QUIET) await new Promise((resolve) => setTimeout(resolve, QUIET / 10));
      this.cut();
    },
    /** Breaks all connections; the far end sees nothing of it. */
    cutNearEndOnly() {
      for (const pair of pairs) {
        const { near, far } = pair;
        pairs.delete(pair);
        far.removeAllListeners('close');
        far.unpipe();
        far.resume();
        near.unpipe();
        near.removeAllListeners('close');
        near.destroy();
        setTimeout(() => far.destroy(), 2000).unref();
      }
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
