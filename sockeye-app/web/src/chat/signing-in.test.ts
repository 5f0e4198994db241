import { expect, test } from 'vitest';
import { openServer, openSession, until } from './testing';

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
