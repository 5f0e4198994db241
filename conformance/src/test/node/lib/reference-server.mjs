// SPDX-License-Identifier: Apache-2.0
// The reference implementation, with the options and behaviours of the profiles; a worker that is told profile and options.
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { attach } from 'engine.io';
import { Server } from 'socket.io';
import * as msgpack from 'socket.io-msgpack-parser';
import { declare } from './reference-behaviours.mjs';

const HASTY = { pingInterval: 300, pingTimeout: 200, maxHttpBufferSize: 1000000, cors: { origin: '*' } };

function serveEngine(http, options) {
  const engine = attach(http, { ...HASTY, ...options });
  engine.on('connection', (socket) => socket.on('data', (data) => socket.send(data)));
}

function serveSocket(http, options) {
  const io = new Server(http, { ...HASTY, connectTimeout: 1000, serveClient: false, ...options });
  for (const name of ['/', '/custom']) {
    io.of(name).on('connection', (socket) => {
      socket.emit('auth', socket.handshake.auth);
      socket.on('message', (...args) => socket.emit('message-back', ...args));
      socket.on('message-with-ack', (...args) => {
        const reply = args.pop();
        if (typeof reply === 'function') reply(...args);
      });
    });
  }
}

/** Formats are named in options, because functions cannot be handed to a worker. */
const formats = { json: {}, msgpack: { parser: msgpack } };

function serveClients(http, { format = 'json', ...options }) {
  declare(new Server(http, { ...formats[format], ...options }));
}

const PROFILES = {
  engine: serveEngine,
  engine3: (http, options) => serveEngine(http, { allowEIO3: true, ...options }),
  socket: serveSocket,
  clients: serveClients,
};

const http = createServer((request, response) => response.writeHead(404).end());
PROFILES[workerData.profile](http, workerData.options);
http.listen(workerData.port, () => parentPort.postMessage(http.address().port));
