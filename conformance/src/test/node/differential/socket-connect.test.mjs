// SPDX-License-Identifier: Apache-2.0
import { compare } from '../lib/compare.mjs';

/** Opens a WebSocket, sends frames, and records what comes until it closes, or so many frames. */
const frames =
  (count, ...sent) =>
  async (p) => {
    await p.upgrade();
    await p.expect(1);
    for (const frame of sent) {
      // Handlers of several namespaces, and what one sends before the client leaves, have no order.
      p.frames(frame);
      await p.settle();
    }
    if (count === 'closed') await p.closed();
    else await p.expect(count);
  };

const ALL = 'closed';

const connects = [
  ['joins the main namespace', 2, '40'],
  ['joins the main namespace by its name', 2, '40/,'],
  ['joins with auth', 2, '40{"token":"123"}'],
  ['joins with empty auth', 2, '40{}'],
  ['joins with spaces in auth', 2, '40{ "a" : 1 }'],
  ['joins with auth of all kinds', 2, '40{"a":[1,null,{"é":"🐟"}],"__proto__":{"b":1}}'],
  ['joins a custom namespace', 2, '40/custom,'],
  ['joins a custom namespace without a comma', 2, '40/custom'],
  ['joins a custom namespace with auth', 2, '40/custom,{"token":"123"}'],
  ['joins with an id that means nothing', 2, '401'],
  ['refuses an unknown namespace', 1, '40/random,'],
  ['refuses an unknown namespace without a comma', 1, '40/random'],
  ['refuses an unknown namespace with auth', 1, '40/random,{"a":1}'],
  ['refuses a namespace in capitals', 1, '40/CUSTOM,'],
  ['refuses a namespace with a slash more', 1, '40/custom/,'],
  ['refuses a namespace with a query', 1, '40/custom?x=1,'],
  ['refuses a namespace named as a property', 1, '40/__proto__,'],
  ['refuses a namespace with characters of JSON', 1, '40/"\\,'],
  ['refuses a namespace that is not ASCII', 1, '40/é🐟,'],
  ['goes on after a refusal', 3, '40/random,', '40'],
  ['joins two namespaces', 4, '40', '40/custom,'],
  ['closes when a namespace is joined twice', ALL, '40', '40'],
  ['closes when a custom namespace is joined twice', ALL, '40/custom,', '40/custom,'],
  ['lets a namespace be refused twice', 2, '40/random,', '40/random,'],
  ['closes at a text for auth', ALL, '40"text"'],
  ['closes at a blank for auth', ALL, '4012 '],
  ['closes at an array for auth', ALL, '40[]'],
  ['closes at null for auth', ALL, '40null'],
  ['closes at half an object for auth', ALL, '40{'],
  ['closes at more than an object for auth', ALL, '40{}{}'],
  ['closes at an event before', ALL, '42["message"]'],
  ['closes at an event of a custom namespace before', ALL, '42/custom,["message"]'],
  ['closes at an acknowledgement before', ALL, '430[]'],
  ['closes at a disconnect before', ALL, '41'],
  ['closes at an error from the client', ALL, '44{"message":"x"}'],
  ['closes at an empty message', ALL, '4'],
  ['closes at a word', ALL, '4abc'],
  ['closes at binary', ALL, Buffer.from([1])],
  ['closes at an event after only a refusal', ALL, '40/random,', '42/random,["message"]'],
];

const disconnects = [
  ['closes at an event after a disconnect', ALL, '40', '41', '42["message"]'],
  ['closes at a second disconnect', ALL, '40', '41', '41'],
  ['closes at an acknowledgement after a disconnect', ALL, '40', '41', '430[]'],
  ['joins again after a disconnect', 4, '40', '41', '40'],
  ['keeps the other namespace after a disconnect', 5, '40', '40/custom,', '41', '42/custom,["message",1]'],
  ['keeps the main namespace after a disconnect', 5, '40', '40/custom,', '41/custom,', '42["message",1]'],
  ['closes at a disconnect of a namespace not joined', ALL, '40', '41/custom,'],
  ['closes at a disconnect with data', ALL, '40', '41{}'],
  ['takes a disconnect without a comma', 6, '40', '40/custom,', '41/custom', '40/custom,'],
];

const others = [
  [
    'closes what joins nothing in time',
    async (p) => {
      await p.upgrade();
      await p.closed();
    },
  ],
  [
    'closes what is only refused, in time',
    async (p) => {
      await p.upgrade();
      await p.expect(1);
      p.frames('40/random,');
      await p.closed();
    },
  ],
  [
    'keeps what has joined and left',
    async (p) => {
      await p.upgrade();
      await p.expect(1);
      p.frames('40');
      await p.expect(2);
      p.frames('41');
      await p.settle(1200);
      p.frames('40');
      await p.expect(2);
    },
  ],
  [
    'joins by polling',
    async (p) => {
      await p.open();
      await p.post('40{"a":1}');
      await p.settle();
      await p.get();
    },
  ],
  [
    'is refused by polling',
    async (p) => {
      await p.open();
      await p.post('40/random,');
      await p.get();
      await p.post('40');
      await p.settle();
      await p.get();
    },
  ],
  [
    'ends by polling',
    async (p) => {
      await p.open();
      await p.post('42["message"]');
      await p.request('POST', p.session, { body: '40' });
    },
  ],
  [
    'ends by polling while a poll waits',
    async (p) => {
      await p.open();
      const waiting = p.poll();
      await p.settle();
      await p.post('4abc');
      p.record(await waiting);
      await p.get();
    },
  ],
  [
    'opens a session on the path without its slash',
    (p) => p.request('GET', '/socket.io?EIO=4&transport=polling'),
  ],
];

const probes = [...connects, ...disconnects].map(([name, count, ...sent]) => [name, frames(count, ...sent)]);

const OPENED = '0{"sid":"*","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}';

compare('connecting', [...probes, ...others], {
  'closes at a blank for auth': {
    reason: 'a blank is no JSON; the reference takes it for none at all',
    ours: ['open', { frames: [OPENED] }, { frames: [], code: 1005 }],
  },
  'opens a session on the path without its slash': {
    reason: 'clients may be told to leave the slash out, and no other page can be meant',
    ours: [
      {
        status: 200,
        headers: {
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
          'content-type': 'text/plain; charset=utf-8',
        },
        body: OPENED.replace('[]', '["websocket"]'),
      },
    ],
  },
});
