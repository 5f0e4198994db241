// SPDX-License-Identifier: Apache-2.0
// Engine.IO 3 on WebSockets, and the way to them.
import { compare } from '../lib/compare.mjs';

const V3 = { version: 3 };
const SOCKET = 'EIO=3&transport=websocket';
const bytes = (...values) => Buffer.from(values);
const text = (...packets) => packets.map((packet) => `${packet.length}:${packet}`).join('');

const opens = [
  ['opens a WebSocket', SOCKET],
  ['opens a WebSocket without a version', 'transport=websocket'],
  ['opens a WebSocket for base64', `${SOCKET}&b64=1`],
  ['opens a WebSocket of version 4', 'EIO=4&transport=websocket'],
].map(([name, query]) => [
  name,
  async (p) => {
    await p.upgrade(query);
    await p.expect(1);
    p.frames('4text', query.includes('EIO=4') ? bytes(1) : bytes(4, 1));
    await p.expect(2);
  },
]);

const echoes = [
  ['text', '4hello'],
  ['an empty message', '4'],
  ['text of all widths', '4aé€🐟\u0000'],
  ['binary', bytes(4, 1, 2, 255)],
  ['empty binary', bytes(4)],
  ['binary that begins with a type', bytes(4, 4, 52)],
  ['binary as base64', 'b4AQIDBA=='],
  ['empty binary as base64', 'b4'],
  ['the largest text', '4' + 'x'.repeat(999999)],
].flatMap(([name, frame]) =>
  [SOCKET, `${SOCKET}&b64=1`].map((query) => [
    `echoes ${name}${query === SOCKET ? '' : ' for base64'}`,
    async (p) => {
      await p.upgrade(query);
      p.frames(frame);
      await p.expect(2);
    },
  ]),
);

const answers = [
  ['a ping', '2'],
  ['a ping with data', '2probe'],
  ['two pings', '2', '2'],
].map(([name, ...frames]) => [
  `answers ${name}`,
  async (p) => {
    await p.upgrade();
    p.frames(...frames);
    await p.expect(1 + frames.length);
  },
  { pings: true },
]);

const ignored = [
  ['a noop', '6'],
  ['an upgrade packet', '5'],
  ['an open packet', '0{}'],
  ['a close packet', '1'],
].map(([name, frame]) => [
  `ignores ${name}`,
  async (p) => {
    await p.upgrade();
    p.frames(frame, '4after');
    await p.expect(2);
  },
]);

const ends = [
  ['a pong', '3'],
  ['an unknown type', '7'],
  ['a word', 'abc'],
  ['an empty text', ''],
  ['binary of no type', bytes()],
  ['binary of an unknown type', bytes(9, 1)],
  ['a text over the limit', '4' + 'x'.repeat(1000000)],
  ['base64 of no type', 'b'],
  ['base64 of an unknown type', 'b9AQ=='],
].map(([name, frame]) => [
  `closes at ${name}`,
  async (p) => {
    await p.upgrade();
    p.frames(frame);
    await p.closed();
  },
]);

const UPGRADE = 'EIO=3&transport=websocket&sid=';

const upgrades = [
  [
    'upgrades',
    async (p) => {
      await p.open();
      await p.upgrade(UPGRADE + p.sid);
      p.frames('2probe');
      await p.expect(1);
      p.frames('5', '4a', bytes(4, 1));
      await p.expect(2);
    },
  ],
  [
    'answers the poll that waits with a noop',
    async (p) => {
      await p.open();
      const waiting = p.poll();
      await p.settle();
      await p.upgrade(UPGRADE + p.sid);
      p.frames('2probe');
      await p.expect(1);
      p.record(await waiting);
      p.frames('5', '4a');
      await p.expect(1);
    },
  ],
  [
    'lets messages leave by polling until the upgrade',
    async (p) => {
      await p.open();
      await p.upgrade(UPGRADE + p.sid);
      p.frames('2probe');
      await p.expect(1);
      await p.post(text('4a'));
      await p.get();
      await p.post(text('b4AQ=='));
      p.frames('5');
      await p.expect(1);
    },
  ],
  [
    'upgrades for base64',
    async (p) => {
      await p.open('&b64=1');
      await p.upgrade(`${UPGRADE}${p.sid}&b64=1`);
      p.frames('2probe');
      await p.expect(1);
      p.frames('5', 'b4AQI=');
      await p.expect(1);
    },
  ],
  [
    'refuses a candidate of version 4',
    async (p) => {
      await p.open();
      await p.upgrade(`EIO=4&transport=websocket&sid=${p.sid}`);
      await p.post(text('4a'));
      await p.get();
    },
  ],
];

const others = [
  [
    'closes what does not ping',
    async (p) => {
      await p.upgrade();
      await p.closed();
    },
    { pings: true },
  ],
  [
    'keeps what pings',
    async (p) => {
      await p.upgrade();
      await p.expect(1);
      for (let i = 0; i < 4; i++) {
        await p.settle(150);
        p.frames('2');
        await p.expect(1);
      }
    },
    { pings: true },
  ],
];

const probes = [...opens, ...echoes, ...answers, ...ignored, ...ends, ...upgrades, ...others];

const OPENED = '0{"sid":"*","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}';

compare(
  'WebSocket of Engine.IO 3',
  probes.map(([name, conversation, options]) => [name, conversation, { ...V3, ...options }]),
  {
    'answers a ping with data': {
      reason: 'the protocol has the data of a ping in its pong; the reference does so for probes only',
      ours: ['open', { frames: [OPENED, '3probe'] }],
    },
  },
);
