import { describe, expect, test } from 'vitest';
import { joined, openServer, openSession, until } from './testing';

test('a reader whom the server wants a token of is let in with one', async () => {
  const { url, io } = await openServer();
  io.use(({ handshake }, next) => {
    if (handshake.auth['token'] === 'right') return next();
    next(new Error(`Authentication error: ${handshake.auth['token'] ? 'Invalid token' : 'Token missing'}`));
  });
  const ann = openSession(url);
  await until(ann, ({ connection }) => connection.state === 'refused');
  expect(ann.state().connection).toMatchObject({ reason: 'Authentication error: Token missing' });
  ann.signIn('wrong');
  await until(ann, ({ connection }) => connection.state === 'refused');
  expect(ann.state().connection).toMatchObject({ reason: 'Authentication error: Invalid token' });
  ann.signIn(' right ');
  await until(ann, ({ connection }) => connection.state === 'online');
});

describe('a token that is about to expire', () => {
  /** A server that wants a new token at once, and takes those that begin with `new`. */
  async function openExpiring() {
    const opened = await openServer();
    opened.io.on('connection', (socket) => {
      socket.emit('auth_expiring', { secondsLeft: 60, expiresAt: '2026-11-23T12:00:00Z' });
      socket.on('auth_refresh', (token: string, reply) =>
        reply(
          token.startsWith('new')
            ? { status: 'success', expiresAt: '2026-11-23T13:00:00Z' }
            : { status: 'error', message: 'Authentication error: Invalid token' },
        ),
      );
    });
    return opened;
  }

  test('is replaced on the same connection, which shows the new one when it comes back', async () => {
    const { url, io } = await openExpiring();
    const ann = await joined(url, 'Ann');
    await until(ann, ({ expiring }) => expiring?.expiresAt === '2026-11-23T12:00:00Z');
    const [id] = io.sockets.sockets.keys();
    ann.signIn('old');
    await until(ann, ({ expiring }) => expiring?.problem === 'Authentication error: Invalid token');
    ann.signIn(' new one ');
    await until(ann, ({ expiring }) => expiring === null);
    expect(ann.state().connection.state).toBe('online');
    expect([...io.sockets.sockets.keys()]).toEqual([id]);

    io.sockets.sockets.get(id!)!.conn.close();
    await until(ann, ({ connection }) => connection.state === 'back');
    expect([...io.sockets.sockets.values()].map(({ handshake }) => handshake.auth)).toEqual([
      { token: 'new one' },
    ]);
  });

  test('is no matter any more when the connection is lost', async () => {
    const { url, io } = await openExpiring();
    const ann = openSession(url);
    await until(ann, ({ expiring }) => expiring !== null);
    await io.close();
    await until(ann, ({ connection }) => connection.state === 'lost');
    expect(ann.state().expiring).toBeNull();
  });

  test('stays when the server does not answer', async () => {
    const { url, io } = await openServer();
    io.on('connection', (socket) => socket.emit('auth_expiring', { secondsLeft: 60, expiresAt: '' }));
    const ann = openSession(url, {}, 50);
    await until(ann, ({ expiring }) => expiring !== null);
    ann.signIn('new');
    await until(ann, ({ expiring }) => expiring?.problem === 'No answer from the server.');
  });
});

test.each([
  ['auth_expired', 'The token has expired'],
  ['auth_revoked', 'The token was revoked'],
])('after %s the page says why it was sent away, and asks for a token', async (event, message) => {
  const { url, io } = await openServer();
  io.on('connection', (socket) => {
    if (socket.handshake.auth['token'] === 'new') return;
    socket.emit(event, { message });
    socket.disconnect();
  });
  const ann = openSession(url);
  await until(ann, ({ connection }) => connection.state === 'refused');
  expect(ann.state().connection).toEqual({ state: 'refused', reason: message, wantsToken: true });
  ann.signIn('new');
  await until(ann, ({ connection }) => connection.state === 'back');

  io.disconnectSockets();
  await until(ann, ({ connection }) => connection.state === 'refused');
  expect(ann.state().connection).toMatchObject({ wantsToken: false });
});
