// SPDX-License-Identifier: Apache-2.0
import { compare } from '../lib/compare.mjs';

const SEPARATOR = '\x1e';

const echoes = [
  ['a text message', '4hello'],
  ['an empty message', '4'],
  ['text of all widths', '4aé€🐟'],
  ['control characters', '4\u0000\u0001\n\r\t'],
  ['three messages', ['4a', '4b', '4c'].join(SEPARATOR)],
  ['binary', 'bAQIDBA=='],
  ['binary without padding', 'bAQIDBA'],
  ['empty binary', 'b'],
  ['binary that begins with a 4 in base64', 'b4AQI'],
  ['text and binary', ['4a', 'bAQ==', '4b'].join(SEPARATOR)],
  ['a message after a noop', ['6', '4a'].join(SEPARATOR)],
  ['a message after an upgrade packet', ['5', '4a'].join(SEPARATOR)],
  ['a message after an open packet', ['0{}', '4a'].join(SEPARATOR)],
  ['a message after a pong', ['3', '4a'].join(SEPARATOR)],
  ['a message before a bad packet', ['4a', 'x'].join(SEPARATOR)],
  ['a message before a close packet', ['4a', '1'].join(SEPARATOR)],
  ['120 messages', Array.from({ length: 120 }, (_, i) => `4${i}`).join(SEPARATOR)],
].map(([name, body]) => [
  `echoes ${name}`,
  async (p) => {
    await p.open();
    await p.post(body);
    await p.get();
  },
]);

// Whether a poll that comes when all is over finds the session still closing is a matter of its timing only.
const ends = [
  ['a packet of unknown type', '7'],
  ['a word', 'abc'],
  ['an empty body', ''],
  ['an empty packet', `4a${SEPARATOR}`],
  ['a ping', '2'],
  ['a probe', '2probe'],
  ['a close packet', '1'],
  ['a message after a close packet', `1${SEPARATOR}4a`],
].map(([name, body]) => [
  `ends at ${name}`,
  async (p) => {
    await p.open();
    const waiting = p.poll();
    await p.settle();
    await p.post(body);
    p.record(await waiting);
    await p.get();
  },
]);

const methods = ['PUT', 'DELETE', 'PATCH', 'HEAD'].map((method) => [
  `answers ${method} on a session`,
  async (p) => {
    await p.open();
    await p.request(method, p.session);
    await p.post('4still there');
    await p.get();
  },
]);

const others = [
  ['answers a poll that waits', waits],
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
    'closes when a poll is aborted',
    async (p) => {
      await p.open();
      const aborted = p.poll();
      await p.settle();
      p.last.destroy();
      await aborted;
      await p.settle();
      await p.get();
    },
  ],
  ['refuses binary content', (p) => withType(p, 'application/octet-stream')],
  ['takes content of another type', (p) => withType(p, 'text/plain;charset=UTF-8')],
  ['takes a form', (p) => withType(p, 'application/x-www-form-urlencoded')],
  ['takes JSON', (p) => withType(p, 'application/json')],
  [
    'takes the largest body',
    async (p) => {
      await p.open();
      await p.post('4' + 'x'.repeat(999999));
      await p.get();
    },
  ],
  [
    'refuses a body that says it is too large and goes on',
    async (p) => {
      await p.open();
      const { status, body } = await p.send('POST', p.session, { body: '4' + 'x'.repeat(1000000) });
      p.record({ status, body });
      await p.post('4after');
      await p.get();
    },
  ],
  [
    'takes a session on a WebSocket for no polling session',
    async (p) => {
      await p.upgrade();
      await p.settle();
      const sid = JSON.parse(await firstFrame(p)).sid;
      await p.request('GET', `EIO=4&transport=polling&sid=${sid}`);
      await p.request('POST', `EIO=4&transport=polling&sid=${sid}`, { body: '4a' });
      await p.request('PUT', `EIO=4&transport=polling&sid=${sid}`);
      p.frames('4still there');
      await p.expect(1);
    },
    { sids: true },
  ],
  [
    'takes a polling session for no WebSocket session',
    async (p) => {
      await p.open();
      await p.request('GET', p.session.replace('polling', 'websocket'));
      await p.post('4still there');
      await p.get();
    },
  ],
  [
    'serves a session on another path of its own',
    async (p) => {
      await p.open();
      await p.request('POST', `/engine.io/deeper?${p.session}`, { body: '4a' });
      await p.get();
    },
  ],
  ['refuses a session without a version', (p) => withQuery(p, (query) => query.replace('EIO=4&', ''))],
  ['refuses a session with version 3', (p) => withQuery(p, (query) => query.replace('EIO=4', 'EIO=3'))],
  ['refuses a session whose id has other capitals', (p) => withQuery(p, (query) => query + 'x')],
  [
    'pings',
    async (p) => {
      await p.open();
      await p.get();
      await p.post('3');
      await p.get();
    },
  ],
  [
    'forgets a session that is silent',
    async (p) => {
      await p.open();
      await p.settle(550);
      await p.get();
    },
  ],
  [
    'goes on for a poll that waits when the pong is missing',
    async (p) => {
      await p.open();
      await p.get();
      await p.get();
      await p.get();
    },
  ],
];

async function waits(p) {
  await p.open();
  const waiting = p.poll();
  await p.settle();
  await p.post('4hello');
  p.record(await waiting);
}

async function withType(p, type) {
  await p.open();
  const waiting = p.poll();
  await p.settle();
  await p.post('4hello', { 'content-type': type });
  p.record(await waiting);
}

async function withQuery(p, change) {
  await p.open();
  await p.request('GET', change(p.session));
  await p.request('POST', change(p.session), { body: '4a' });
  await p.post('4still there');
  await p.get();
}

async function firstFrame(p) {
  return p.socket.frames.shift().slice(1);
}

const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

compare('long-polling', [...echoes, ...ends, ...methods, ...others], {
  'ends at an empty packet': {
    reason:
      'messages leave when a whole body has been taken, and a session that breaks the protocol gets none',
    ours: [
      { status: 200, headers: { ...headers, 'content-type': 'text/html' }, body: 'ok' },
      { status: 200, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: '1' },
      {
        status: 400,
        headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' },
        body: '{"code":1,"message":"Session ID unknown"}',
      },
    ],
  },
});
