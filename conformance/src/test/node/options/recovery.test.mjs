// SPDX-License-Identifier: Apache-2.0
// Coming back with what was missed. Ids and offsets are recorded by what they are the same as.
import { compareWith } from '../lib/compare.mjs';

const RAW = { sids: true };

/** A client that keeps what a real one keeps: its id, its secret, and the offset of the last event. */
class Guest {
  #p;
  #names;

  constructor(p) {
    this.#p = p;
    this.#names = p.names ??= new Map();
  }

  async connect(auth = '') {
    this.socket = await this.#p.upgrade();
    await this.#next();
    this.socket.send(`40${auth}`);
    return this;
  }

  async back(changes = {}) {
    return this.connect(JSON.stringify({ pid: this.pid, offset: this.offset, ...changes }));
  }

  async #next() {
    const { socket } = this;
    for (const deadline = Date.now() + 2000; socket.frames.length === 0;) {
      if (socket.readyState !== 1) return 'closed';
      if (Date.now() > deadline) return 'nothing';
      await this.#p.settle(5);
    }
    return socket.frames.shift();
  }

  /** Records the next frames. */
  async hears(count) {
    for (let i = 0; i < count; i++) {
      const frame = await this.#next();
      this.#remember(frame);
      this.#p.record(this.#named(frame));
    }
  }

  #remember(frame) {
    if (typeof frame !== 'string') return;
    if (frame.startsWith('40')) ({ sid: this.id, pid: this.pid } = JSON.parse(frame.slice(2)));
    const offset = /,"([^"]*)"\]$/.exec(frame);
    if (frame.startsWith('4') && offset) this.offset = offset[1];
  }

  /** With a number for each id and offset, by the order in which they came. */
  #named(frame) {
    if (typeof frame !== 'string') return frame;
    const name = (value) => {
      if (!this.#names.has(value)) this.#names.set(value, `*${this.#names.size}`);
      return this.#names.get(value);
    };
    return frame
      .replace(/("(?:sid|pid|offset)":)"([^"]*)"/g, (_, key, value) => `${key}${name(value)}`)
      .replace(/,"([^"]*)"\]$/, (_, value) => `,${name(value)}]`);
  }

  say(...args) {
    this.socket.send(`42${JSON.stringify(args)}`);
  }

  /** The connection breaks, and the server has seen it. */
  async breaks() {
    this.socket.terminate();
    await this.socket.gone;
    await this.#p.settle(60);
  }
}

const alone = async (p) => {
  const guest = await new Guest(p).connect();
  await guest.hears(2);
  return guest;
};

/** Two in one room, of whom the first has gone. */
async function parted(p) {
  const [gone, stays] = [await alone(p), await alone(p)];
  for (const guest of [gone, stays]) guest.say('enter', 'talk', 99);
  await p.settle();
  await gone.breaks();
  return [gone, stays];
}

const place = '{"_placeholder":true,"num":0}';

const offsets = [
  ['an event', 1, '42["message",1]'],
  ['an event without arguments', 1, '42["message"]'],
  ['a question', 1, '42["ask",1]'],
  ['an acknowledgement', 1, '421["message-with-ack",1]'],
  ['what may be dropped', 1, '42["volatile",1]'],
  ['binary', 2, `451-["message",${place}]`, Buffer.from([1])],
].map(([name, count, ...sent]) => [
  `has or has no offset with ${name}`,
  async (p) => {
    const guest = await alone(p);
    sent.forEach((frame) => guest.socket.send(frame));
    await guest.hears(count);
  },
]);

const others = [
  [
    'brings what was missed, then says who it is',
    async (p) => {
      const [gone, stays] = await parted(p);
      for (const value of [1, 2, 3]) stays.say('say', value);
      await p.settle();
      await gone.back();
      await gone.hears(5);
    },
  ],
  [
    'brings binary that was missed',
    async (p) => {
      const [gone, stays] = await parted(p);
      stays.socket.send(`451-["say",${place}]`);
      stays.socket.send(Buffer.from([1, 2]));
      await p.settle();
      await gone.back();
      await gone.hears(4);
    },
  ],
  [
    'keeps rooms',
    async (p) => {
      const [gone, stays] = await parted(p);
      await gone.back();
      await gone.hears(2);
      stays.say('say', 1);
      await gone.hears(1);
    },
  ],
  [
    'comes back twice',
    async (p) => {
      const [gone, stays] = await parted(p);
      stays.say('say', 1);
      await p.settle();
      await gone.back();
      await gone.hears(3);
      await gone.breaks();
      stays.say('say', 2);
      await p.settle();
      await gone.back();
      await gone.hears(3);
    },
  ],
  [
    'comes back after its connection was closed',
    async (p) => {
      const guest = await alone(p);
      guest.socket.close();
      await guest.socket.gone;
      await p.settle(60);
      await guest.back();
      await guest.hears(2);
    },
  ],
  [
    'does not come back when it has left',
    async (p) => {
      const guest = await alone(p);
      guest.socket.send('41');
      await p.settle();
      await guest.breaks();
      await guest.back();
      await guest.hears(2);
    },
  ],
  [
    'does not come back when it was sent away',
    async (p) => {
      const guest = await alone(p);
      guest.say('kick');
      await guest.hears(1);
      await guest.breaks();
      await guest.back();
      await guest.hears(2);
    },
  ],
  [
    'does not come back when everything of it was sent away',
    async (p) => {
      const guest = await alone(p);
      guest.say('kick-all');
      await guest.hears(2);
      await p.settle(60);
      await guest.back();
      await guest.hears(2);
    },
  ],
  [
    'does not come back after a packet that is none',
    async (p) => {
      const guest = await alone(p);
      guest.socket.send('4x');
      await guest.hears(1);
      await p.settle(60);
      await guest.back();
      await guest.hears(2);
    },
  ],
  ...[
    ['an unknown secret', { pid: 'unknown' }],
    ['an unknown offset', { offset: 'unknown' }],
    ['no offset', { offset: undefined }],
    ['a secret that is no text', { pid: 1 }],
    ['an offset that is no text', { offset: 1 }],
    ['the secret of nobody and no offset', { pid: '', offset: '' }],
  ].map(([name, changes]) => [
    `comes or does not come back with ${name}`,
    async (p) => {
      const [gone, stays] = await parted(p);
      stays.say('say', 1);
      await p.settle();
      await gone.back(changes);
      await gone.hears(2);
    },
  ]),
  [
    'comes back with more in its auth',
    async (p) => {
      const guest = await alone(p);
      await guest.breaks();
      await guest.back({ token: 1 });
      await guest.hears(2);
    },
  ],
  [
    'comes back while it is still there',
    async (p) => {
      const guest = await alone(p);
      const copy = Object.assign(new Guest(p), { pid: guest.pid, offset: guest.offset });
      await copy.back();
      await copy.hears(2);
    },
  ],
  [
    'comes back by another client with its secret, once it is back',
    async (p) => {
      const guest = await alone(p);
      const { pid, offset } = guest;
      await guest.breaks();
      await guest.back();
      await guest.hears(2);
      const copy = Object.assign(new Guest(p), { pid, offset });
      await copy.back();
      await copy.hears(2);
    },
  ],
];

compareWith(
  { connectionStateRecovery: { maxDisconnectionDuration: 120000 } },
  'coming back',
  [...offsets, ...others].map(([name, run]) => [name, run, RAW]),
  {
    'comes back while it is still there': {
      reason: 'a client may know before the server that its connection is broken, and takes its own place',
      ours: [
        'open',
        '40{"sid":*0,"pid":*1}',
        '42["auth",{},*2]',
        'open',
        '40{"sid":*0,"pid":*1}',
        '42["auth",{"pid":*1,"offset":*2},*3]',
      ],
    },
  },
);

compareWith({ connectionStateRecovery: { maxDisconnectionDuration: 50 } }, 'coming back too late', [
  [
    'is a new client',
    async (p) => {
      const guest = await alone(p);
      await guest.breaks();
      await p.settle(100);
      await guest.back();
      await guest.hears(2);
    },
    RAW,
  ],
]);
