// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Starts the reference for a profile; its port and how to stop it. */
export async function startReference(profile, options = {}, port = 0) {
  const worker = new Worker(new URL('reference-server.mjs', import.meta.url), {
    workerData: { profile, options, port },
  });
  const [actual] = await once(worker, 'message');
  return { port: actual, url: `http://localhost:${actual}`, stop: () => worker.terminate() };
}
