// SPDX-License-Identifier: Apache-2.0
import { compareWith } from '../lib/compare.mjs';

const POLLING = 'EIO=4&transport=polling';
const SOCKET = 'EIO=4&transport=websocket';
const page = { origin: 'http://page.example' };
const other = { origin: 'http://other.example' };
const preflight = {
  ...page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'x-one,x-two',
};

const asks = (name, target, headers, method = 'GET') => [name, (p) => p.request(method, target, { headers })];
const socket = (name, target = SOCKET, headers = {}) => [
  name,
  async (p) => {
    const opened = await p.upgrade(target, { headers });
    if (opened.readyState === 1) await p.expect(1);
  },
];

const crossOrigin = [
  asks('opens a session for a page', POLLING, page),
  asks('opens a session for no page', POLLING, {}),
  asks('tells a page of errors', 'EIO=4&transport=tobi', page),
  asks('answers a preflight', POLLING, preflight, 'OPTIONS'),
  socket('opens a WebSocket for a page', SOCKET, page),
];

const OPENED =
  '0{"sid":"*","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const opened = (headers) => ({
  status: 200,
  headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: OPENED,
});
const LISTED = 'who is on the list is told so, and nobody else is told who is';
const nobody = (headers) => ({
  'opens a session for no page': { reason: LISTED, ours: [opened({ vary: 'origin', ...headers })] },
});
const CREDENTIALS = { 'access-control-allow-credentials': 'true' };

compareWith({ cors: { origin: '*' } }, 'cors for everybody', crossOrigin);
compareWith({ cors: { origin: page.origin } }, 'cors for one page', crossOrigin, nobody());
compareWith(
  { cors: { origin: page.origin, credentials: true } },
  'cors with credentials',
  crossOrigin,
  nobody(CREDENTIALS),
);
compareWith(
  { cors: { origin: [page.origin, 'http://third.example'], credentials: true } },
  'cors for pages of a list',
  crossOrigin,
);
compareWith(
  {
    cors: {
      origin: page.origin,
      methods: ['GET', 'POST'],
      allowedHeaders: ['x-one', 'x-three'],
      exposedHeaders: ['x-four'],
      maxAge: 60,
    },
  },
  'cors with all details',
  crossOrigin,
  {
    ...nobody({ 'access-control-expose-headers': 'x-four' }),
    'answers a preflight': {
      reason: 'browsers read what is exposed in the answer itself, not in that to the preflight',
      ours: [
        {
          status: 204,
          headers: {
            'access-control-allow-headers': 'x-one,x-three',
            'access-control-allow-methods': 'get,post',
            'access-control-allow-origin': page.origin,
            'access-control-max-age': '60',
            vary: 'origin',
          },
          body: '',
        },
      ],
    },
  },
);
compareWith({}, 'no cors', [
  asks('opens a session for no page', POLLING, {}),
  asks('refuses OPTIONS', POLLING, {}, 'OPTIONS'),
  socket('opens a WebSocket for no page'),
]);
compareWith(
  { cors: { origin: page.origin } },
  'pages that are on no list',
  [asks('are told of errors', 'EIO=4&transport=tobi', other)],
  {
    'are told of errors': {
      reason: LISTED,
      ours: [
        {
          status: 400,
          headers: { 'content-type': 'application/json', vary: 'origin' },
          body: '{"code":0,"message":"Transport unknown"}',
        },
      ],
    },
  },
);

compareWith({ transports: ['websocket'] }, 'only WebSocket', [
  asks('refuses long-polling', POLLING),
  socket('opens a WebSocket'),
]);
compareWith(
  { transports: ['polling'] },
  'only long-polling',
  [asks('announces no upgrade', POLLING), asks('refuses WebSocket', SOCKET), socket('refuses a WebSocket')],
  {
    'refuses a WebSocket': {
      reason: 'a WebSocket is refused in one way, whatever is wrong with it',
      ours: [{ refused: 400, type: 'text/html', connection: 'close', body: 'Transport unknown' }],
    },
  },
);
compareWith({ allowUpgrades: false }, 'no upgrades', [
  asks('announces no upgrade', POLLING),
  [
    'takes an upgrade all the same',
    async (p) => {
      await p.open();
      await p.upgrade(`${SOCKET}&sid=${p.sid}`);
      p.frames('2probe');
      await p.expect(1);
      p.frames('5', '40');
      await p.expect(2);
    },
  ],
]);

compareWith({ path: '/elsewhere/' }, 'another path', [
  asks('serves it', POLLING),
  asks('serves what begins with it', `/elsewhere/deeper?${POLLING}`),
  [
    'does not serve the usual one',
    async (p) => p.record((await p.send('GET', `/socket.io/?${POLLING}`)).status),
  ],
]);
compareWith({ addTrailingSlash: false }, 'a path without a slash', [
  asks('is served without it', `/socket.io?${POLLING}`),
  asks('is served with it', `/socket.io/?${POLLING}`),
  asks('is served with more', `/socket.io2?${POLLING}`),
  socket('opens a WebSocket', `/socket.io?${SOCKET}`),
]);

compareWith({ maxHttpBufferSize: 100 }, 'a limit of 100 bytes', [
  asks('is announced', POLLING),
  ...[100, 101, 10000].map((size) => [
    `is held for a body of ${size} bytes`,
    async (p) => {
      await p.open();
      await p.post('40');
      await p.settle();
      await p.poll();
      const { status, body } = await p.send('POST', p.session, {
        body: `42["message","${'x'.repeat(size - 14)}"]`,
      });
      p.record({ status, body });
      if (status === 200) await p.get();
      else {
        await p.post('42["message",1]');
        await p.get();
      }
    },
  ]),
  ...[100, 101, 10000].map((size) => [
    `is held for a message of ${size} bytes`,
    async (p) => {
      await p.upgrade();
      p.frames('40');
      await p.expect(3);
      p.frames(`42["message","${'x'.repeat(size - 14)}"]`);
      if (size === 100) await p.expect(1);
      else await p.closed();
    },
  ]),
]);

const opens = [asks('opens a session', POLLING), socket('opens a WebSocket')];
const later = [
  'sets it once',
  async (p) => {
    await p.open();
    await p.post('40');
    await p.settle();
    await p.get();
  },
];
const answers = [...opens, later, asks('sets none with an error', 'EIO=4&transport=tobi')];
compareWith({ cookie: true }, 'a cookie', answers);
compareWith(
  { cookie: { name: 'my-sid', path: '/app', httpOnly: false, sameSite: 'strict', maxAge: 3600 } },
  'a cookie with a name',
  answers,
);
compareWith(
  { cookie: { name: 'io', domain: 'example.com', secure: true, sameSite: 'none' } },
  'a cookie for a domain',
  answers,
);
compareWith({ initialPacket: 'hello é🐟' }, 'an initial packet', [
  asks('opens a session', POLLING),
  [
    'opens a WebSocket',
    async (p) => {
      await p.upgrade();
      await p.expect(2);
    },
  ],
]);

/** An answer of so many bytes to a client that says what it understands. */
const compressed = (name, size, accepted) => [
  name,
  async (p) => {
    await p.open();
    await p.post('40');
    await p.settle();
    await p.poll();
    await p.post(`42["message","${'x'.repeat(size - 19)}"]`);
    await p.settle();
    await p.request('GET', p.session, { headers: { 'accept-encoding': accepted } });
  },
];
const compression = [
  compressed('takes gzip', 2000, 'gzip'),
  compressed('takes deflate', 2000, 'deflate'),
  compressed('prefers what comes first of equals', 2000, 'gzip, deflate'),
  compressed('prefers what weighs more', 2000, 'gzip;q=0.5, deflate;q=0.9'),
  compressed('takes anything', 2000, '*'),
  compressed('does not take what weighs nothing', 2000, 'gzip;q=0'),
  compressed('leaves others as they are', 2000, 'identity'),
  compressed('leaves Brotli out', 2000, 'br'),
  compressed('compresses 1,024 bytes', 1024, 'gzip'),
  compressed('compresses no 1,023 bytes', 1023, 'gzip'),
];
compareWith({}, 'compression as it is', compression);
compareWith({ httpCompression: false }, 'compression off', compression);
compareWith({ httpCompression: { threshold: 0 } }, 'compression of everything', [
  compressed('takes gzip', 100, 'gzip'),
]);
