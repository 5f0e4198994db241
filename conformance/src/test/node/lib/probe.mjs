// SPDX-License-Identifier: Apache-2.0
// One server under comparison, and the record of what it answered.
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { WebSocket } from 'ws';

const DEADLINE = 3000;
const LONG = 5000;
const COMPARED =
  /^(content-type|content-encoding|cache-control|vary|set-cookie|etag|x-xss-protection|access-control-.*)$/;
const DECODERS = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** The promise, or this value when it takes too long. */
function orLate(promise, value) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, DEADLINE, value);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Ids are random, and not of one length, which Engine.IO 3 has before its packets. */
const mask = (text) =>
  text.replace(/(\\?")(sid|pid)\1:\1[^"\\]*\1/g, '$1$2$1:$1*$1').replace(/\d+(:0\{\\?"sid)/g, '*$1');

/** A body as text or hex; only the beginning and a hash of a long one, so that differences can be read. */
function readable(body, headers) {
  const data = (DECODERS[headers['content-encoding']] ?? ((same) => same))(body);
  if (headers['content-type'] === 'application/octet-stream') return { binary: data.toString('hex') };
  if (data.length < LONG) return mask(data.toString());
  const hash = createHash('sha256').update(data).digest('hex');
  return { begins: data.toString('utf8', 0, 100), hash, length: data.length };
}

function comparable(headers) {
  const kept = Object.entries(headers).filter(([name]) => COMPARED.test(name));
  // Names and parameters of media types are not case-sensitive. The cookie has the id of the session.
  const plain = (value) =>
    String(value)
      .toLowerCase()
      .replace(/^(io|\w+-sid)=[^;]*/, '$1=*');
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]).sort());
}

export class Probe {
  log = [];
  #sockets = [];
  #pings;
  #sids;

  /**
   * @param pings whether pings are recorded; they are answered and left out otherwise
   * @param sids whether ids of sessions are left in frames
   * @param version of Engine.IO
   */
  constructor(url, { pings = false, sids = false, version = 4 } = {}) {
    this.base = new URL(url);
    this.version = version;
    this.#pings = pings;
    this.#sids = sids;
  }

  record(what) {
    this.log.push(typeof what === 'string' ? mask(what) : what);
  }

  settle(millis = 80) {
    return sleep(millis);
  }

  /** The answer of one request; a query, or a path that begins with a slash. */
  send(method, target, { headers = {}, body } = {}) {
    const path = target.startsWith('/') ? target : `${this.base.pathname}?${target}`;
    const options = { host: this.base.hostname, port: this.base.port, method, path, headers, agent: false };
    const answer = new Promise((resolve) => {
      this.last = request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', () => resolve('cut'));
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          resolve({ status, headers: comparable(headers), body: readable(Buffer.concat(chunks), headers) });
        });
      });
      this.last.on('error', () => resolve('cut'));
      this.last.end(body);
    });
    return orLate(answer, 'no answer');
  }

  async request(method, target, options) {
    this.record(await this.send(method, target, options));
  }

  /** Opens a polling session, with more in its query; what the answer says. */
  async open(more = '') {
    const query = `EIO=${this.version}&transport=polling${more}`;
    const opened = await new Promise((resolve) => {
      const options = { host: this.base.hostname, port: this.base.port, agent: false };
      request({ ...options, path: `${this.base.pathname}?${query}` }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(text));
      }).end();
    });
    this.sid = /"sid\\?":\\?"([^"\\]*)/.exec(opened)[1];
    this.session = `${query}&sid=${this.sid}`;
    return opened;
  }

  /** Polls until so many events have come, and records what came, whatever answers it came in. */
  async gather(events, began = '') {
    let text = began;
    while (text.split(/4[25]/).length <= events) {
      const { body } = await this.poll();
      if (typeof body !== 'string') return this.record({ text, then: body ?? 'no answer' });
      text += body;
    }
    this.record({ text });
  }

  /** Polls once, without a record. */
  poll() {
    return this.send('GET', this.session);
  }

  get() {
    return this.request('GET', this.session);
  }

  post(body, headers) {
    return this.request('POST', this.session, { body, headers });
  }

  /** Asks for a WebSocket and records whether it opens. */
  async upgrade(query = `EIO=${this.version}&transport=websocket`, options = {}) {
    const url = new URL(this.base);
    url.protocol = 'ws:';
    const socket = new WebSocket(query.startsWith('/') ? new URL(query, url) : `${url}?${query}`, options);
    const frames = [];
    this.#sockets.push(socket);
    socket.frames = frames;
    socket.on('error', () => {});
    socket.on('message', (data, binary) =>
      this.#take(socket, binary ? { binary: data.toString('hex') } : `${data}`),
    );
    socket.gone = new Promise((resolve) => socket.on('close', resolve));
    const verdict = new Promise((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('close', () => resolve('not opened'));
      socket.on('unexpected-response', (_, response) => this.#refusal(response).then(resolve));
    });
    this.record(await orLate(verdict, 'nothing'));
    this.socket = socket;
    return socket;
  }

  async #refusal(response) {
    const chunks = await response.toArray();
    const body = Buffer.concat(chunks).toString();
    const type = response.headers['content-type'];
    return {
      refused: response.statusCode,
      type,
      connection: response.headers.connection?.toLowerCase(),
      body,
    };
  }

  #take(socket, frame) {
    if (frame === '2' && !this.#pings) socket.send('3');
    else socket.frames.push(typeof frame === 'string' && !this.#sids ? mask(frame) : frame);
  }

  /** Sends frames on the last WebSocket. */
  frames(...frames) {
    for (const frame of frames) this.socket.send(frame);
  }

  /** Records the next frames of a WebSocket, or that it closed before. */
  async expect(count, socket = this.socket) {
    const arrived = async () => {
      while (socket.frames.length < count && socket.readyState === WebSocket.OPEN) await sleep(5);
      return socket.frames.splice(0, count);
    };
    this.record({ frames: await orLate(arrived(), 'too few') });
  }

  /** Records everything that still comes on a WebSocket until it closes, and the close code. */
  async closed(socket = this.socket) {
    const code = await orLate(socket.gone, 'not closed');
    this.record({ frames: socket.frames.splice(0), code });
  }

  end() {
    this.last?.destroy();
    for (const socket of this.#sockets) socket.terminate();
  }
}
