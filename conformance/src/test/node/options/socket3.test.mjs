// SPDX-License-Identifier: Apache-2.0
// Socket.IO for clients of version 2.
import { compareWith } from '../lib/compare.mjs';

const V3 = { version: 3 };
const place = '{"_placeholder":true,"num":0}';
const ALL = 'closed';
const binary = (...data) => Buffer.from([4, ...data]);
const text = (...packets) => packets.map((packet) => `${packet.length}:${packet}`).join('');

/** Connected by itself, it sends frames and records so many, or until it closes. */
const conversation =
  (count, ...sent) =>
  async (p) => {
    await p.upgrade();
    await p.expect(3);
    for (const frame of sent) {
      p.frames(frame);
      // Handlers of several namespaces have no order.
      if (!(frame instanceof Buffer) && !frame.startsWith('45')) await p.settle();
    }
    if (count === ALL) await p.closed();
    else await p.expect(count);
  };

const probes = [
  ['connects to the main namespace by itself', 0],
  ['connects to another namespace', 2, '40/custom'],
  ['connects to another namespace with a comma', 2, '40/custom,'],
  ['connects to another namespace with a query', 2, '40/custom?token=%C3%A9&b=1&c,'],
  ['connects to another namespace with a query without a comma', 2, '40/custom?token=1'],
  ['connects to another namespace with an empty query', 2, '40/custom?,'],
  ['connects to another namespace with a plus sign', 2, '40/custom?a=1+2,'],
  ['ignores a payload for another namespace', 2, '40/custom,{"token":1}'],
  ['refuses an unknown namespace', 1, '40/unknown,'],
  ['refuses an unknown namespace with a query', 1, '40/unknown?a=1,'],
  ['refuses with a message', 1, '40/refusing,'],
  ['refuses with data', 1, '40/refusing?detail=x,'],
  ['answers an event', 1, '42["message",1,"é🐟"]'],
  ['answers an event of another namespace', 3, '40/custom,', '42/custom,["message",1]'],
  ['acknowledges', 1, '427["message-with-ack",{"a":[null]}]'],
  ['acknowledges in another namespace', 3, '40/custom,', '42/custom,0["message-with-ack"]'],
  ['asks and is answered', 2, '42["ask",1]', '430["answer"]'],
  ['answers binary', 2, `451-["message",${place}]`, binary(1, 2)],
  ['answers binary as base64', 2, `451-["message",${place}]`, 'b4AQI='],
  ['acknowledges binary', 2, `451-3["message-with-ack",{"a":${place}}]`, binary()],
  ['sends a burst', 6, '42["burst",3]'],
  ['leaves another namespace', 3, '40/custom,', '41/custom,', '42["message"]'],
  ['is sent away', 1, '42["kick"]'],
  ['is sent away from everything', ALL, '42["kick-all"]'],
  ['meets a second connect', ALL, '40'],
  ['meets a connect with a query', ALL, '40/?a=1,'],
  ['meets a second connect to another namespace', ALL, '40/custom,', '40/custom,'],
  ['leaves the main namespace, and comes back', 2, '41', '40'],
  ['meets an event after it left', ALL, '41', '42["message"]'],
  ['meets a packet that is none', ALL, '4x'],
  ['meets an event of a namespace with a query', ALL, '40/custom,', '42/unknown?a=1,["message",1]'],
].map(([name, ...rest]) => [name, conversation(...rest)]);

/** Over long-polling; what is said at once may be behind the packet that opens the session, or come with the next poll. */
const polling = [
  [
    'says hello by polling',
    async (p) => {
      const opened = await p.open();
      await p.gather(1, opened.slice(opened.indexOf('}') + 1));
    },
  ],
  ...['', '&b64=1'].map((more) => [
    `answers by polling in ${more ? 'text' : 'bytes'}`,
    async (p) => {
      const opened = await p.open(more);
      if (!opened.includes('auth')) await p.poll();
      await p.post(text(`451-["message",${place}]`, 'b4AQI=', '42["message","é🐟"]'));
      await p.settle();
      await p.get();
    },
  ]),
];

const OPENED = '0{"sid":"*","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const tolerated = (...frames) => ({
  reason: 'clients are in the main namespace from the start, and some ask for it nevertheless',
  ours: ['open', { frames: [OPENED, '40', '42["auth",{}]'] }, { frames, code: 'not closed' }],
});

compareWith(
  { allowEIO3: true },
  'Socket.IO for version 2',
  [...probes, ...polling].map(([name, run]) => [name, run, V3]),
  {
    'meets a second connect': tolerated(),
    'meets a connect with a query': tolerated(),
    'meets a second connect to another namespace': tolerated('40/custom,', '42/custom,["auth",{}]'),
  },
);
