// SPDX-License-Identifier: Apache-2.0
// Socket.IO's own server, with what its page about performance advises: bufferutil is installed, the first request of a
// connection is let go of.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import * as msgpack from 'socket.io-msgpack-parser';
import { options, serve } from './lib/options.mjs';

const { port, format } = options();
const httpServer = createServer();
const io = new Server(httpServer, {
  serveClient: false,
  ...(format === 'msgpack' && { parser: msgpack }),
});

io.engine.on('connection', (connection) => {
  connection.request = null;
});

function answer(socket) {
  const namespace = socket.nsp;
  socket.on('echo', (value, acknowledge) => acknowledge(value));
  socket.on('join', (room, acknowledge) => {
    socket.join(room);
    acknowledge?.();
  });
  socket.on('pub', (room, data) => namespace.to(room).emit('msg', data));
}

io.on('connection', answer);
io.of(/^\/.+$/).on('connection', answer);

serve(httpServer, port);
