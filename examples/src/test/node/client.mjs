// SPDX-License-Identifier: Apache-2.0
// What the clients here share: connections that are closed at the end, and waiting with a deadline.
import { io } from 'socket.io-client';

export const url = process.argv[2];
const sockets = [];

/** A connection of its own; keeps it for finish(). */
export function connect(namespace = '/', options = {}) {
  const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  sockets.push(socket);
  return socket;
}

/** The arguments of the next event of a name. */
export function next(socket, event, deadline = 5000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${event}" within ${deadline} ms`)), deadline);
    socket.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

/** A connected socket. */
export async function connected(namespace, options) {
  const socket = connect(namespace, options);
  await next(socket, 'connect');
  return socket;
}

/** Fails if an event comes before another one that is sent after it. */
export function never(socket, event) {
  socket.on(event, () => {
    throw new Error(`"${event}" should not have come`);
  });
}

/** Waits for a condition, with a deadline. */
export async function until(condition, what) {
  const end = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`not within 5 s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function finish() {
  sockets.forEach((socket) => socket.disconnect());
}
