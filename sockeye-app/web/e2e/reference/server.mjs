import { Server } from 'socket.io';

/**
 * The chat's server side on Node.js Socket.IO: what the page's tests run against where no Sockeye is at hand.
 *
 * @typedef {object} Options
 * @property {boolean} [acknowledge] whether a `message` is answered
 * @property {'before' | 'after'} [answer] whether the answer goes out before or after the broadcast
 * @property {number} [recoveryMs] for how long a lost connection can be recovered; 0 turns recovery off
 * @property {string} [refuse] a text that is answered with an error
 *
 * @param {import('node:http').Server} http
 * @param {Options} [options]
 */
export function attachChat(http, options = {}) {
  const { acknowledge = true, answer = 'after', recoveryMs = 0, refuse } = options;
  const io = new Server(http, {
    ...(recoveryMs > 0 ? { connectionStateRecovery: { maxDisconnectionDuration: recoveryMs } } : {}),
  });
  /** @type {Map<string, string>} */
  const users = new Map();
  let messages = 0;

  io.on('connection', (socket) => {
    socket.on('user_join', (username) => {
      users.set(socket.id, username);
      io.emit('user_joined', { username, userId: socket.id });
      io.emit('user_list', [...users.values()]);
    });

    socket.on('message', ({ text }, reply) => {
      if (text === refuse) return reply({ status: 'error', message: 'Invalid message format' });
      messages += 1;
      const id = `m${messages}`;
      const username = users.get(socket.id) ?? 'Anonymous';
      const broadcast = () => io.emit('message', { id, text, username, timestamp: new Date().toISOString() });
      const respond = () => {
        if (acknowledge) reply({ status: 'success' });
      };
      for (const step of answer === 'before' ? [respond, broadcast] : [broadcast, respond]) step();
    });

    socket.on('disconnect', () => {
      const username = users.get(socket.id);
      if (username === undefined) return;
      users.delete(socket.id);
      io.emit('user_left', { username, userId: socket.id });
      io.emit('user_list', [...users.values()]);
    });
  });
  return io;
}
