// SPDX-License-Identifier: Apache-2.0
// The client, served as files.
import { compareWith } from '../lib/compare.mjs';

const NAMES = [
  'socket.io.js',
  'socket.io.min.js',
  'socket.io.msgpack.min.js',
  'socket.io.esm.min.js',
  'socket.io.js.map',
  'socket.io.min.js.map',
  'socket.io.msgpack.min.js.map',
  'socket.io.esm.min.js.map',
  'socket.io.esm.js',
  'socket.io.msgpack.js',
  'other.js',
  '../package.json',
  '%2e%2e/package.json',
];

/** Records an answer, but for what it varies with. */
async function asked(p, method, path, headers) {
  const answer = await p.send(method, path, { headers });
  delete answer.headers.vary;
  p.record(answer);
}

const asks = (name, method, file, headers) => [name, (p) => asked(p, method, `/socket.io/${file}`, headers)];

const takes = (encoding) =>
  asks(`takes ${encoding}`, 'GET', 'socket.io.min.js', { 'accept-encoding': encoding });

/** With the tag that the server itself gave. */
const conditional = (name, change) => [
  name,
  async (p) => {
    const { headers } = await p.send('GET', '/socket.io/socket.io.js');
    await asked(p, 'GET', '/socket.io/socket.io.js', { 'if-none-match': change(headers.etag) });
  },
];

const varies = [
  'says what it varies with',
  async (p) => p.record({ ...(await p.send('GET', '/socket.io/socket.io.js')).headers }),
];

const probes = [
  ...NAMES.map((name) => asks(`answers ${name}`, 'GET', name)),
  asks('answers with a query', 'GET', 'socket.io.js?v=1&EIO=4'),
  asks('answers a page of another origin', 'GET', 'socket.io.js', { origin: 'http://page.example' }),
  ...['gzip', 'deflate', 'identity'].map(takes),
  asks('takes Brotli', 'GET', 'socket.io.min.js', { 'accept-encoding': 'br' }),
  conditional('has not changed', (tag) => tag),
  conditional('has not changed for a weak tag', (tag) => `W/${tag}`),
  conditional('has changed', () => '"other"'),
  varies,
];

const SCRIPT = {
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=0',
  'content-type': 'application/javascript; charset=utf-8',
  etag: '"4.8.4"',
};
const unchanged = {
  reason: 'RFC 9110 has the tag and what caches need in a 304 as well',
  ours: [
    {
      status: 304,
      headers: { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=0', etag: '"4.8.4"' },
      body: '',
    },
  ],
};

compareWith({ cors: { origin: '*' } }, 'files of the client', probes, {
  'takes Brotli': {
    reason: 'the JDK has no Brotli',
    ours: [
      {
        status: 200,
        headers: SCRIPT,
        body: {
          begins:
            '/*!\n * Socket.IO v4.8.4\n * (c) 2014-2026 Guillermo Rauch\n * Released under the MIT License.\n */\n!fun',
          hash: 'd5d79a35039e860b32bdef4795528b05c2f788d4b2d9dacc913120e2878f7b3f',
          length: 47295,
        },
      },
    ],
  },
  'has not changed': unchanged,
  'has not changed for a weak tag': unchanged,
  'says what it varies with': {
    reason: 'a cache must not give the compressed file to who cannot read it',
    ours: [{ ...SCRIPT, vary: 'accept-encoding' }],
  },
});
compareWith({ serveClient: false }, 'files that are not served', [
  asks('answers socket.io.js', 'GET', 'socket.io.js'),
]);
compareWith({ path: '/app/' }, 'files of another path', [
  ['answers socket.io.js', (p) => asked(p, 'GET', '/app/socket.io.js')],
]);
