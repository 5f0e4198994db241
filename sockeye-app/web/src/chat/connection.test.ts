import { expect, test } from 'vitest';
import { joined, messages, notices, openServer, openSession, until } from './testing';

test('the state follows the connection, and a restart lists the reader again', async () => {
  const first = await openServer();
  const ann = await joined(first.url, 'Ann');
  expect(ann.state().connection.state).toBe('online');
  await first.io.close();
  await until(ann, ({ connection }) => connection.state === 'lost');
  expect(await ann.send('into the void')).toEqual({ outcome: 'ignored' });

  const second = await openServer({}, first.port);
  await until(ann, ({ connection }) => connection.state === 'back');
  const bob = await joined(second.url, 'Bob');
  await until(bob, ({ users }) => users.join() === 'Ann,Bob');
  expect(notices(ann)).toContain('You were offline for a moment. Messages sent meanwhile are not shown.');
  await ann.send('here again');
  await until(bob, () => messages(bob).length > 0);
  expect(messages(bob)).toEqual(['here again']);
});

test('a recovered connection brings what was missed, once, and lists the reader again', async () => {
  const { url, io } = await openServer({ recoveryMs: 60_000 });
  const ann = await joined(url, 'Ann');
  const bob = await joined(url, 'Bob');
  await bob.send('before');
  await until(ann, () => messages(ann).length === 1);
  const [annsId] = io.sockets.sockets.keys();
  io.sockets.sockets.get(annsId!)!.conn.close();
  await bob.send('meanwhile');
  await until(ann, ({ connection }) => connection.state === 'back');
  await until(bob, ({ users }) => users.includes('Ann'));
  await until(ann, () => messages(ann).length === 2);
  expect(messages(ann)).toEqual(['before', 'meanwhile']);
  expect(notices(ann).join()).not.toContain('offline');
});

test('a text whose answer never came is reported as perhaps delivered', async () => {
  const { url, io } = await openServer({ acknowledge: false });
  const ann = await joined(url, 'Ann');
  for (const socket of io.sockets.sockets.values()) socket.removeAllListeners('message');
  const sending = ann.send('anyone?');
  io.sockets.sockets.forEach((socket) => socket.conn.close());
  expect(await sending).toMatchObject({ outcome: 'failed', delivered: 'unknown' });
});

test('a name given before there is a connection is announced when there is one', async () => {
  const first = await openServer();
  await first.io.close();
  const ann = openSession(first.url);
  expect(ann.join('Ann')).toBe(true);
  await until(ann, ({ connection }) => connection.state === 'unreachable');
  await openServer({}, first.port);
  await until(ann, ({ connection, users }) => connection.state === 'online' && users.join() === 'Ann');
});

test('a page that the server turns away says why and comes back when asked to', async () => {
  const { url, io } = await openServer();
  let full = true;
  io.use((_, next) => next(full ? new Error('Server at capacity, try again later') : undefined));
  const ann = openSession(url);
  await until(ann, ({ connection }) => connection.state === 'refused');
  expect(ann.state().connection).toEqual({
    state: 'refused',
    reason: 'Server at capacity, try again later',
    wantsToken: false,
  });
  full = false;
  ann.reconnect();
  await until(ann, ({ connection }) => connection.state === 'online');

  io.disconnectSockets();
  await until(ann, ({ connection }) => connection.state === 'refused');
  ann.reconnect();
  await until(ann, ({ connection }) => connection.state === 'back');
});
