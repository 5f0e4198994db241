// SPDX-License-Identifier: Apache-2.0
// Engine.IO 3 by long-polling: the bytes of its payloads.
import { compare } from '../lib/compare.mjs';

const V3 = { version: 3 };
const text = (...packets) => packets.map((packet) => `${packet.length}:${packet}`).join('');

/** Packets in binary framing: whether they are binary, the digits of their length, 255, and the packet. */
function binary(...packets) {
  const parts = packets.flatMap((packet) => {
    const isText = typeof packet === 'string';
    const data = isText ? Buffer.from(packet) : Buffer.from([4, ...packet]);
    return [Buffer.from([isText ? 0 : 1, ...String(data.length).split('').map(Number), 255]), data];
  });
  return Buffer.concat(parts);
}

const OCTETS = { 'content-type': 'application/octet-stream' };

const opens = [
  ['opens a session', 'EIO=3&transport=polling'],
  ['opens a session without a version', 'transport=polling'],
  ['opens a session for base64', 'EIO=3&transport=polling&b64=1'],
  ['opens a session of version 4', 'EIO=4&transport=polling'],
  ['refuses version 2', 'EIO=2&transport=polling'],
  ['refuses version 5', 'EIO=5&transport=polling'],
  ['refuses an empty version', 'EIO=&transport=polling'],
  ['refuses a word for a version', 'EIO=x&transport=polling'],
  ['opens a session for a script', 'EIO=3&transport=polling&j=0'],
  ['opens a session for a script with a number that is none', 'EIO=3&transport=polling&j=x1y2'],
  ['opens a session of version 4 for a script', 'EIO=4&transport=polling&j=3'],
].map(([name, query]) => [name, (p) => p.request('GET', query), V3]);

const echoes = [
  ['text', text('4hello')],
  ['an empty message', text('4')],
  ['text of all widths', text('4aé€🐟')],
  ['text with colons and digits', text('43:4x', '4:')],
  ['control characters', text('4\u0000\u001e\n\u2028')],
  ['three messages', text('4a', '4🐟', '4c')],
  ['120 messages', text(...Array.from({ length: 120 }, (_, i) => `4${i}`))],
  ['binary as base64', text('b4AQIDBA==')],
  ['binary as base64 without padding', text('b4AQIDBA')],
  ['empty binary as base64', text('b4')],
  ['base64 that begins with a 4', text('b44AQI')],
  ['text and binary', text('4é', 'b4AQ==', '4🐟')],
  ['text in binary framing', binary('4hello'), OCTETS],
  ['text of all widths in binary framing', binary('4aé€🐟'), OCTETS],
  ['binary in binary framing', binary([1, 2, 255]), OCTETS],
  ['empty binary in binary framing', binary([]), OCTETS],
  ['text and binary in binary framing', binary('4é', [1], '4🐟', Buffer.alloc(300, 7)), OCTETS],
  ['a message after a noop', text('6', '4a')],
  ['a message after an open packet', text('0{}', '4a')],
  ['a message after an upgrade packet', text('5', '4a')],
].flatMap(([name, body, headers]) =>
  ['', '&b64=1'].map((more) => [
    `echoes ${name}${more && ' for base64'}`,
    async (p) => {
      await p.open(more);
      await p.post(body, headers);
      await p.settle();
      await p.get();
    },
    V3,
  ]),
);

const ends = [
  ['an empty body', ''],
  ['a word', 'abc'],
  ['a packet without its length', '4a'],
  ['a length of none', '0:'],
  ['a length below none', '-1:4'],
  ['a length that is too long', '5:4a'],
  ['a length that is too short', '1:4a'],
  ['a length with a fraction', '1.5:4a'],
  ['a length with a space', ' 2:4a'],
  ['a length without an end', '99999999999999999999'],
  ['a length of bytes', '3:4é'],
  ['a length beyond all', '99999999999999999999:4a'],
  ['a packet of unknown type', text('9')],
  ['a message before a bad packet', text('4a', '9')],
  ['a pong', text('3')],
  ['a close packet', text('1')],
  ['a message after a close packet', text('1', '4a')],
  ['empty binary framing', Buffer.alloc(0), OCTETS],
  ['binary framing of unknown kind', Buffer.from([2, 2, 255, 0x34, 0x61]), OCTETS],
  ['binary framing that is too short', Buffer.from([0, 9, 255, 0x34, 0x61]), OCTETS],
  ['binary framing without an end of the length', Buffer.from([0, 9, 9, 9]), OCTETS],
].map(([name, body, headers]) => [
  `meets ${name}`,
  async (p) => {
    await p.open();
    const waiting = p.poll();
    await p.settle();
    await p.post(body, headers);
    await p.settle();
    await p.get();
    p.record(await waiting);
  },
  V3,
]);

const beats = [
  ['a ping', text('2')],
  ['a ping with data', text('2probe')],
  ['a ping with text of all widths', text('2é🐟')],
  ['two pings', text('2', '2')],
  ['a ping and a message', text('2', '4a')],
].map(([name, body]) => [
  `answers ${name}`,
  async (p) => {
    await p.open();
    await p.post(body);
    await p.settle();
    await p.get();
  },
  V3,
]);

const others = [
  [
    'answers a poll that waits',
    async (p) => {
      await p.open();
      const waiting = p.poll();
      await p.settle();
      await p.post(text('4hello'));
      p.record(await waiting);
    },
  ],
  [
    'closes at a second poll',
    async (p) => {
      await p.open();
      const first = p.poll();
      await p.settle();
      await p.get();
      p.record(await first);
      await p.get();
    },
  ],
  [
    'sends no pings, and forgets a session that sends none',
    async (p) => {
      await p.open();
      await p.get();
      await p.get();
    },
    { pings: true },
  ],
  [
    'keeps a session that pings',
    async (p) => {
      await p.open();
      for (let i = 0; i < 4; i++) {
        await p.settle(150);
        await p.post(text('2'));
        await p.get();
      }
    },
  ],
  [
    'refuses a session with version 4',
    async (p) => {
      await p.open();
      await p.request('POST', p.session.replace('EIO=3', 'EIO=4'), { body: text('4a') });
      await p.get();
    },
  ],
  [
    'takes a form of a script',
    async (p) => {
      await p.open('&j=0');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await p.post('d=' + encodeURIComponent(text('4a"\\\u2028é🐟')), headers);
      await p.settle();
      await p.get();
    },
  ],
  [
    'takes a form of a script with a line break',
    async (p) => {
      await p.open('&j=1');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await p.post('d=' + encodeURIComponent('4:4a\\nb'), headers);
      await p.settle();
      await p.get();
    },
  ],
].map(([name, conversation, options]) => [name, conversation, { ...V3, ...options }]);

const CORS = { 'access-control-allow-origin': '*' };
const OK = {
  status: 200,
  headers: { ...CORS, 'cache-control': 'no-store', 'content-type': 'text/html' },
  body: 'ok',
};
const polled = (body, type = 'text/plain') => ({
  status: 200,
  headers: { ...CORS, 'cache-control': 'no-store', 'content-type': `${type}; charset=utf-8` },
  body,
});
const error = (code, message) => ({
  status: 400,
  headers: { ...CORS, 'content-type': 'application/json' },
  body: JSON.stringify({ code, message }),
});
const ENDED = [OK, error(1, 'Session ID unknown'), polled('1:1')];
const OPENED =
  '{"sid":"*","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}';
const script = (number, text) => {
  const quoted = JSON.stringify(text).replaceAll('\u2028', '\\u2028');
  return polled(`___eio[${number}](${quoted});`, 'text/javascript');
};

const unknown = {
  reason: 'a version that is neither 3 nor 4 is none that anybody knows; the reference takes it for 3',
  ours: [error(5, 'Unsupported protocol version')],
};
const strict = {
  reason: 'what no client sends is refused, as it is likely an attack or a defect',
  ours: ENDED,
};
const whole = {
  reason: 'messages leave when a whole body has been taken, and a session that breaks the protocol gets none',
  ours: ENDED,
};
const runnable = (...ours) => ({
  reason: 'browsers that are told not to guess run no script that says that it is plain text',
  ours,
});
const pong = (answer) => ({
  reason: 'the protocol has the data of a ping in its pong; the reference does so for probes only',
  ours: [OK, polled(answer)],
});

compare('long-polling of Engine.IO 3', [...opens, ...echoes, ...ends, ...beats, ...others], {
  'refuses version 2': unknown,
  'refuses version 5': unknown,
  'refuses an empty version': unknown,
  'refuses a word for a version': unknown,
  'opens a session for a script': runnable(script(0, `*:0${OPENED}`)),
  'opens a session for a script with a number that is none': runnable(script(12, `*:0${OPENED}`)),
  'opens a session of version 4 for a script': runnable(script(3, `0${OPENED}`)),
  'takes a form of a script': runnable(OK, script(0, '8:4a"\\\u2028é🐟')),
  'takes a form of a script with a line break': runnable(OK, script(1, '4:4a\nb')),
  'meets a length of none': strict,
  'meets a length with a space': strict,
  'meets empty binary framing': strict,
  'meets binary framing of unknown kind': strict,
  'meets binary framing that is too short': strict,
  'meets a length that is too short': whole,
  'meets a message before a bad packet': whole,
  'answers a ping with data': pong('6:3probe'),
  'answers a ping with text of all widths': pong('4:3é🐟'),
});
