// SPDX-License-Identifier: Apache-2.0
// WebSocket frames by hand.
import { WebSocket } from 'ws';
import { url } from './polling.mjs';

const DEADLINE = 5000;

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${DEADLINE} ms`)), DEADLINE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A WebSocket whose frames wait until they are asked for. */
export class RawSocket {
  #frames = [];
  #waiting = [];

  constructor(query, options) {
    this.socket = new WebSocket(url(query).replace('http', 'ws'), options);
    this.socket.on('error', (error) => (this.error = error));
    this.opened = new Promise((resolve) => this.socket.on('open', resolve));
    this.ended = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
    this.socket.on('message', (data, binary) => {
      const frame = binary ? data : data.toString();
      if (this.#waiting.length > 0) this.#waiting.shift()(frame);
      else this.#frames.push(frame);
    });
  }

  open() {
    return within(this.opened, 'open');
  }

  /** The next frame: a string, or a Buffer. */
  next() {
    if (this.#frames.length > 0) return Promise.resolve(this.#frames.shift());
    return within(new Promise((resolve) => this.#waiting.push(resolve)), 'frame');
  }

  /** The next frame that is not a ping; pings are answered. */
  async nextMessage() {
    for (;;) {
      const frame = await this.next();
      if (frame !== '2') return frame;
      this.send('3');
    }
  }

  /** The frames that have come and were not asked for. */
  pending() {
    return this.#frames.slice();
  }

  send(...frames) {
    for (const frame of frames) this.socket.send(frame);
    return this;
  }

  /** The close code, once it is closed. */
  closed() {
    return within(this.ended, 'close');
  }

  end() {
    this.socket.terminate();
  }
}

export const OPEN_SOCKET = 'EIO=4&transport=websocket';

/** Opens a session over WebSocket; `handshake` is what its open packet says. */
export async function openSocket() {
  const raw = new RawSocket(OPEN_SOCKET);
  const open = await raw.next();
  raw.handshake = JSON.parse(open.slice(1));
  return raw;
}
