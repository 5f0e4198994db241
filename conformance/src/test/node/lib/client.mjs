// SPDX-License-Identifier: Apache-2.0
// The clients of Socket.IO, with events that can be awaited.
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { io as io4, Manager as Manager4 } from 'socket.io-client';
import * as msgpack from 'socket.io-msgpack-parser';

const require = createRequire(import.meta.url);
const { io: io3, Manager: Manager3 } = require('socket.io-client-v3');
const io2 = require('socket.io-client-v2');

const URL = process.env.SOCKEYE_URL;
const MSGPACK_URL = process.env.SOCKEYE_MSGPACK_URL;
const DEADLINE = 10000;

const HASTY = { forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 100 };

const GENERATIONS = [
  { name: 'client 2', version: 2, url: URL, io: io2, Manager: io2.Manager },
  { name: 'client 3', version: 3, url: URL, io: io3, Manager: Manager3 },
  { name: 'client 4', version: 4, url: URL, io: io4, Manager: Manager4 },
  {
    name: 'client 4 with MessagePack',
    version: 4,
    url: MSGPACK_URL,
    io: io4,
    Manager: Manager4,
    parser: msgpack,
  },
];

const WAYS = [
  ['HTTP long-polling', ['polling']],
  ['WebSocket', ['websocket']],
  ['an upgrade', ['polling', 'websocket']],
];

/** Every client by every way that it may be told to connect. */
export const CLIENTS = GENERATIONS.flatMap(({ parser, ...generation }) =>
  WAYS.map(([way, transports]) => ({
    ...generation,
    name: `${generation.name} over ${way}`,
    options: { ...HASTY, transports, ...(parser && { parser }) },
  })),
);

const opened = [];
after(() => opened.forEach((socket) => socket.disconnect()));

/** A socket that shares its connection with no other, ended with the test file. */
export function client(kind, namespace, options) {
  const socket = kind.io(kind.url + namespace, { ...kind.options, ...options });
  opened.push(socket);
  return socket;
}

export const manager = (kind, options) => new kind.Manager(kind.url, { ...kind.options, ...options });

function within(what, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what()} within ${DEADLINE} ms`)), DEADLINE);
    start((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** The arguments of the next event of a name. */
export function once(emitter, name) {
  return within(
    () => `"${name}"`,
    (done) => emitter.once(name, (...args) => done(args)),
  );
}

/** The arguments of the next events of a name. */
export function several(emitter, name, count) {
  const got = [];
  const start = (done) => {
    const take = (...args) => {
      got.push(args);
      if (got.length < count) return;
      emitter.off(name, take);
      done(got);
    };
    emitter.on(name, take);
  };
  return within(() => `more than ${got.length} of ${count} "${name}"`, start);
}

/** What a client is told when it may not join a namespace. */
export async function refused(kind, socket) {
  if (kind.version === 2) return (await once(socket, 'error'))[0];
  const [{ message, data }] = await once(socket, 'connect_error');
  return data === undefined ? { message } : { message, data };
}

/** A client that is connected, and has upgraded if it is of that kind. */
export async function connected(kind, namespace = '/', options = {}) {
  const socket = client(kind, namespace, options);
  await once(socket, 'connect');
  const { engine } = socket.io;
  const last = kind.options.transports.at(-1);
  if (engine.transport.name !== last) await once(engine, 'upgrade');
  return socket;
}

/** What the server sends back for these arguments. */
export function echo(socket, ...args) {
  const back = once(socket, 'message-back');
  socket.emit('message', ...args);
  return back;
}

/** The answer of the server to an event. */
export const request = (socket, name, ...args) =>
  within(
    () => `answer to "${name}"`,
    (done) => socket.emit(name, ...args, (...reply) => done(reply)),
  );

/** The id of a socket on the server, which newer clients are told. */
export async function ownId(socket) {
  const [id] = await request(socket, 'own-id');
  return id;
}

/** Why the server says that a socket has gone, as soon as it knows. */
export async function reasonOf(observer, id) {
  const deadline = Date.now() + DEADLINE;
  for (;;) {
    const [reason] = await request(observer, 'reason-of', id);
    if (reason) return reason;
    if (Date.now() > deadline) throw new Error(`${id} has not gone`);
  }
}
