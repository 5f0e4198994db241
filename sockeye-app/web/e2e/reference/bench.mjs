/** Serves the events of the load tester with Node.js Socket.IO on a free loopback port: in JSON, or in MessagePack with the argument `msgpack`. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import * as messagePack from 'socket.io-msgpack-parser';

const http = createServer();
const io = new Server(http, process.argv[2] === 'msgpack' ? { parser: messagePack } : {});

io.on('connection', (socket) => {
  socket.on('echo', (value, reply) => reply(value));
  socket.on('join', (room, reply) => {
    socket.join(room);
    reply?.();
  });
  socket.on('pub', (room, data) => io.to(room).emit('msg', data));
});

http.listen(0, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (http.address());
  console.log(`ready ${address.port} ${process.pid}`);
});
