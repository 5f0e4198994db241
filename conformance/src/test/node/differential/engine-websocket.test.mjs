// SPDX-License-Identifier: Apache-2.0
import { compare } from '../lib/compare.mjs';

const bytes = (...values) => Buffer.from(values);

const echoes = [
  ['text', '4hello'],
  ['an empty message', '4'],
  ['text of all widths', '4aé€🐟\u0000'],
  ['binary', bytes(1, 2, 3)],
  ['empty binary', bytes()],
  ['binary that begins with a type', bytes(4, 52)],
  ['binary as base64', 'bAQIDBA=='],
  ['binary as base64 without padding', 'bAQIDBA'],
  ['empty binary as base64', 'b'],
  ['the largest text', '4' + 'x'.repeat(999999)],
  ['the largest binary', Buffer.alloc(1000000, 1)],
].map(([name, frame]) => [
  `echoes ${name}`,
  async (p) => {
    await p.upgrade();
    p.frames(frame);
    await p.expect(2);
  },
]);

const ignored = [
  ['a pong', '3'],
  ['a pong with data', '3probe'],
  ['a noop', '6'],
  ['a noop with data', '6x'],
  ['an upgrade packet', '5'],
  ['an open packet', '0{"sid":"x"}'],
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
  ['an unknown type', '7'],
  ['a word', 'abc'],
  ['a digit of another script', '\u0664'],
  ['an empty text', ''],
  ['a ping', '2'],
  ['a probe', '2probe'],
  ['a text over the limit', '4' + 'x'.repeat(1000000)],
  ['binary over the limit', Buffer.alloc(1000001)],
  ['a bad packet after a message', '4a', 'x', '4b'],
].map(([name, ...frames]) => [
  `closes at ${name}`,
  async (p) => {
    await p.upgrade();
    p.frames(...frames);
    await p.closed();
  },
]);

const closes = [1000, 1001, 3000, 4999].map((code) => [
  `answers the close code ${code}`,
  async (p) => {
    await p.upgrade();
    await p.expect(1);
    p.socket.close(code, 'reason');
    await p.closed();
  },
]);

const others = [
  [
    'answers a close without a code',
    async (p) => {
      await p.upgrade();
      await p.expect(1);
      p.socket.close();
      await p.closed();
    },
  ],
  [
    'answers pings of WebSocket',
    async (p) => {
      await p.upgrade();
      const answered = new Promise((resolve) => p.socket.on('pong', (data) => resolve(`${data}`)));
      p.socket.ping('are you there');
      p.record(await answered);
    },
  ],
  [
    'takes a message in fragments',
    async (p) => {
      await p.upgrade();
      p.socket.send('4he', { fin: false });
      p.socket.send('ll', { fin: false });
      p.socket.ping();
      p.socket.send('o', { fin: true });
      await p.expect(2);
    },
  ],
  [
    'sends 120 messages in order',
    async (p) => {
      await p.upgrade();
      for (let i = 0; i < 120; i++) p.frames(i % 2 ? `4${i}` : bytes(i));
      await p.expect(121);
    },
  ],
  [
    'pings and closes when the pong is missing',
    async (p) => {
      await p.upgrade();
      await p.closed();
    },
    { pings: true },
  ],
  [
    'pings again after a pong',
    async (p) => {
      await p.upgrade();
      await p.expect(2);
      p.frames('3');
      await p.expect(1);
      p.frames('3', '4a');
      await p.expect(1);
    },
    { pings: true },
  ],
  [
    'gives a client that is heard once more time for its pong',
    async (p) => {
      await p.upgrade();
      await p.expect(2);
      await p.settle(150);
      p.frames('4a');
      await p.settle(150);
      p.frames('3');
      await p.expect(2);
    },
    { pings: true },
  ],
  [
    'gives a client that is heard more time for its pong once only',
    async (p) => {
      await p.upgrade();
      await p.expect(2);
      const talk = setInterval(() => p.frames('6'), 50);
      await p.closed();
      clearInterval(talk);
    },
    { pings: true },
  ],
];

const UPGRADE = 'EIO=4&transport=websocket&sid=';

async function candidate(p, ...frames) {
  await p.upgrade(UPGRADE + p.sid);
  p.frames(...frames);
  return p.socket;
}

async function stillPolls(p) {
  await p.post('4polling');
  await p.get();
}

const refusals = ['2', '2other', '3probe', '4a', '6', '1', '7', '', 'x', bytes(5), bytes()].map((frame) => [
  `closes a candidate that begins with ${typeof frame === 'string' ? `"${frame}"` : `${frame.length} bytes`}`,
  async (p) => {
    await p.open();
    await candidate(p, frame);
    await p.closed();
    await stillPolls(p);
  },
]);

const upgrades = [
  [
    'upgrades',
    async (p) => {
      await p.open();
      await candidate(p, '2probe');
      await p.expect(1);
      p.frames('5', '4a', bytes(1));
      await p.expect(2);
      await p.get();
      await p.post('4b');
      p.frames('4c');
      await p.expect(1);
    },
  ],
  [
    'answers the poll that waits with a noop',
    async (p) => {
      await p.open();
      const waiting = p.poll();
      await p.settle();
      await candidate(p, '2probe');
      await p.expect(1);
      p.record(await waiting);
      const second = p.poll();
      p.record(await second);
      p.frames('5', '4a');
      await p.expect(1);
    },
  ],
  [
    'lets messages leave by polling until the upgrade',
    async (p) => {
      await p.open();
      await candidate(p, '2probe');
      await p.expect(1);
      await p.post('4a');
      await p.get();
      await p.post('4b');
      p.frames('5');
      await p.expect(1);
    },
  ],
  [
    'upgrades without a probe',
    async (p) => {
      await p.open();
      await candidate(p, '5', '4a');
      await p.expect(1);
    },
  ],
  [
    'upgrades with data in the packet',
    async (p) => {
      await p.open();
      await candidate(p, '2probe');
      await p.expect(1);
      p.frames('52', '4a');
      await p.expect(1);
    },
  ],
  [
    'answers a second probe',
    async (p) => {
      await p.open();
      await candidate(p, '2probe', '2probe');
      await p.expect(2);
      p.frames('5', '4a');
      await p.expect(1);
    },
  ],
  [
    'closes a candidate that sends a message after its probe',
    async (p) => {
      await p.open();
      await candidate(p, '2probe', '4a');
      await p.closed();
      await stillPolls(p);
    },
  ],
  [
    'closes a second candidate',
    async (p) => {
      await p.open();
      const first = await candidate(p, '2probe');
      await p.expect(1);
      await p.upgrade(UPGRADE + p.sid);
      await p.closed();
      first.send('5');
      first.send('4a');
      await p.expect(1, first);
    },
  ],
  [
    'closes a second WebSocket after an upgrade',
    async (p) => {
      await p.open();
      const first = await candidate(p, '5', '4a');
      await p.expect(1);
      await p.upgrade(UPGRADE + p.sid);
      await p.closed();
      first.send('4b');
      await p.expect(1, first);
    },
  ],
  [
    'may be tried again when a candidate was lost',
    async (p) => {
      await p.open();
      const lost = await candidate(p, '2probe');
      await p.expect(1);
      lost.terminate();
      await p.closed();
      await p.settle();
      await candidate(p, '2probe');
      await p.expect(1);
      p.frames('5', '4a');
      await p.expect(1);
    },
  ],
  [
    'closes the candidate when the session ends',
    async (p) => {
      await p.open();
      await candidate(p, '2probe');
      await p.expect(1);
      await p.post('1');
      await p.closed();
    },
  ],
  [
    'refuses a candidate of version 3',
    async (p) => {
      await p.open();
      await p.upgrade(`EIO=3&transport=websocket&sid=${p.sid}`);
      await stillPolls(p);
    },
  ],
  [
    'refuses a candidate without a version',
    async (p) => {
      await p.open();
      await p.upgrade(`transport=websocket&sid=${p.sid}`);
      await stillPolls(p);
    },
  ],
  [
    'closes a candidate that is to poll',
    async (p) => {
      await p.open();
      await p.upgrade(`EIO=4&transport=polling&sid=${p.sid}`);
      await p.closed();
      await stillPolls(p);
    },
  ],
];

compare('WebSocket', [...echoes, ...ignored, ...ends, ...closes, ...others, ...refusals, ...upgrades]);
