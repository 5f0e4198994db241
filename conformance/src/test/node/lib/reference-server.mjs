// SPDX-License-Identifier: Apache-2.0
// The reference implementation, with the options and behaviours of the profiles; a worker that is told the path.
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { attach } from 'engine.io';
import { Server } from 'socket.io';

const OPTIONS = { pingInterval: 300, pingTimeout: 200, maxHttpBufferSize: 1000000, cors: { origin: '*' } };

function serveEngine(http) {
  const engine = attach(http, OPTIONS);
  engine.on('connection', (socket) => socket.on('data', (data) => socket.send(data)));
}

function serveSocket(http) {
  const io = new Server(http, { ...OPTIONS, connectTimeout: 1000, serveClient: false });
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

const http = createServer((request, response) => response.writeHead(404).end());
if (workerData === '/engine.io/') serveEngine(http);
else serveSocket(http);
http.listen(0, () => parentPort.postMessage(http.address().port));
