// SPDX-License-Identifier: Apache-2.0
// The reference with the profile "clients", for suites that are run by a program of another language. It prints where it is,
// can be started anew over HTTP, and ends when its input does.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startReference } from './reference.mjs';

const OPTIONS = ['json', 'msgpack'].map((format) => ({ format, allowEIO3: true, cors: { origin: '*' } }));

const servers = await Promise.all(OPTIONS.map((options) => startReference('clients', options)));

async function restart() {
  for (const [i, options] of OPTIONS.entries()) {
    const { port, stop } = servers[i];
    await stop();
    servers[i] = await startReference('clients', options, port);
  }
}

const control = createServer((request, response) => restart().then(() => response.writeHead(204).end()));
await once(control.listen(0, 'localhost'), 'listening');
const [json, msgpack] = servers.map(({ url }) => url);
console.log(`${json} ${msgpack} http://localhost:${control.address().port}`);
process.stdin.on('end', () => process.exit()).resume();
