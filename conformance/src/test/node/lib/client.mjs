// SPDX-License-Identifier: Apache-2.0
// The client of Socket.IO, with events that can be awaited.
import { after } from 'node:test';
import { io, Manager } from 'socket.io-client';

const URL = process.env.SOCKEYE_URL;
const DEADLINE = 10000;

/** How a client may be told to connect. */
export const WAYS = [
  ['HTTP long-polling', { transports: ['polling'] }],
  ['WebSocket', { transports: ['websocket'] }],
  ['an upgrade', { transports: ['polling', 'websocket'] }],
];

const opened = [];
after(() => opened.forEach((socket) => socket.disconnect()));

/** A client that is not shared, ended with the test file. */
export function client(namespace, options) {
  const socket = io(URL + namespace, {
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    ...options,
  });
  opened.push(socket);
  return socket;
}

export const manager = (options) => new Manager(URL, { reconnectionDelay: 50, ...options });

/** The arguments of the next event of a name. */
export function once(emitter, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${name}" within ${DEADLINE} ms`)), DEADLINE);
    emitter.once(name, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

/** The arguments of the next events of a name. */
export function several(emitter, name, count) {
  const got = [];
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`${got.length} of ${count} "${name}" within ${DEADLINE} ms`));
    const timer = setTimeout(late, DEADLINE);
    const take = (...args) => {
      got.push(args);
      if (got.length === count) {
        clearTimeout(timer);
        emitter.off(name, take);
        resolve(got);
      }
    };
    emitter.on(name, take);
  });
}

/** A client that is connected, and has upgraded if it is of that kind. */
export async function connected(options, namespace = '/') {
  const socket = client(namespace, options);
  await once(socket, 'connect');
  const { engine } = socket.io;
  const last = options.transports.at(-1);
  if (engine.transport.name !== last) await once(engine, 'upgrade');
  return socket;
}

/** What the server sends back for these arguments. */
export function echo(socket, ...args) {
  const back = once(socket, 'message-back');
  socket.emit('message', ...args);
  return back;
}
