// SPDX-License-Identifier: Apache-2.0
// What the profile "clients" does, for the reference implementation.

const TALK = 'talk';

/** Joins a room, and tells all in it when as many are there as are expected. */
function enter(namespace, socket, room, expected) {
  socket.join(room);
  if (namespace.adapter.rooms.get(room).size >= expected) namespace.to(room).emit('complete', room);
}

function serve(namespace, reasons) {
  namespace.on('connection', (socket) => {
    socket.emit('auth', socket.handshake.auth);
    socket.on('message', (...args) => socket.emit('message-back', ...args));
    socket.on('message-with-ack', (...args) => {
      const reply = args.pop();
      if (typeof reply === 'function') reply(...args);
    });
    socket.on('ask', (...args) => {
      socket.emit('question', ...args, (...answer) => socket.emit('answered', ...answer));
    });
    socket.on('burst', (count) => {
      for (let i = 0; i < count; i++) socket.emit('part', i, Buffer.from([i]));
    });
    socket.on('volatile', (...args) => socket.volatile.emit('message-back', ...args));
    socket.on('transport', () => socket.emit('transport', socket.conn.transport.name));
    socket.on('enter', (room, expected) => enter(namespace, socket, room, expected));
    for (const name of ['say', 'say-anew']) {
      socket.on(name, (...args) => socket.to(TALK).emit('said', ...args));
    }
    socket.on('kick', () => socket.disconnect());
    socket.on('kick-all', () => socket.disconnect(true));
    socket.on('own-id', (reply) => reply(socket.id));
    socket.on('reason-of', (id, reply) => reply(reasons.get(id) ?? ''));
    socket.on('disconnect', (reason) => reasons.set(socket.id, reason));
  });
}

function refuse(socket, next) {
  const error = new Error('no entry');
  const { detail } = socket.handshake.auth;
  if (detail !== undefined) error.data = { detail };
  next(error);
}

export function declare(io) {
  const reasons = new Map();
  for (const name of ['/', '/custom']) serve(io.of(name), reasons);
  io.of('/refusing').use(refuse);
}
