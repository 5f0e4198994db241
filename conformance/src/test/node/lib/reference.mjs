// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Starts the reference for the path of a profile; its URL and how to stop it. */
export async function startReference(path) {
  const worker = new Worker(new URL('reference-server.mjs', import.meta.url), { workerData: path });
  const [port] = await once(worker, 'message');
  return { url: `http://localhost:${port}${path}`, stop: () => worker.terminate() };
}
