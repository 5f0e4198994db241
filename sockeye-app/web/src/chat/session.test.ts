import { describe, expect, test } from 'vitest';
import { joined, messages, notices, openServer, openSession, until } from './testing';

describe('joining and leaving', () => {
  test('lists everyone and tells who joined and left', async () => {
    const { url } = await openServer();
    const ann = await joined(url, 'Ann');
    const bob = await joined(url, '  Bob ');
    await until(ann, ({ users }) => users.join() === 'Ann,Bob');
    bob.close();
    await until(ann, ({ users }) => users.join() === 'Ann');
    expect(notices(ann)).toEqual(['Ann joined the chat', 'Bob joined the chat', 'Bob left the chat']);
  });

  test('takes no blank and no overlong name', async () => {
    const { url } = await openServer();
    const session = openSession(url);
    expect(session.join('   ')).toBe(false);
    expect(session.join('x'.repeat(33))).toBe(false);
    expect(session.state().username).toBeNull();
    expect(session.join('x'.repeat(32))).toBe(true);
  });
});

describe('messages', () => {
  test('reach everyone and are own for their sender alone', async () => {
    const { url } = await openServer();
    const ann = await joined(url, 'Ann');
    const bob = await joined(url, 'Bob');
    expect(await ann.send(' Hello ')).toEqual({ outcome: 'sent' });
    await until(bob, () => messages(bob).length === 1);
    expect(messages(ann)).toEqual(['own: Hello']);
    expect(messages(bob)).toEqual(['Hello']);
  });

  test('are ignored when blank or overlong', async () => {
    const { url } = await openServer();
    const ann = await joined(url, 'Ann');
    expect(await ann.send(' \n\u00a0\ufeff ')).toEqual({ outcome: 'ignored' });
    expect(await ann.send('x'.repeat(1001))).toEqual({ outcome: 'ignored' });
    expect(await ann.send('x'.repeat(1000))).toEqual({ outcome: 'sent' });
    expect(messages(ann)).toHaveLength(1);
  });

  test('that the server refuses are reported with its words', async () => {
    const { url } = await openServer({ refuse: 'nonsense' });
    const ann = await joined(url, 'Ann');
    expect(await ann.send('nonsense')).toEqual({
      outcome: 'failed',
      delivered: 'no',
      reason: 'Invalid message format',
    });
  });

  test('are kept up to 500 entries', async () => {
    const { url, io } = await openServer();
    const ann = await joined(url, 'Ann');
    for (let number = 1; number <= 510; number++) {
      io.emit('message', { id: `${number}`, text: `${number}`, username: 'Bob', timestamp: '' });
    }
    await until(ann, () => messages(ann).at(-1) === '510');
    expect(ann.state().entries).toHaveLength(500);
  });
});

describe('two people of one name', () => {
  test.each([
    { acknowledge: true, answer: 'after' },
    { acknowledge: true, answer: 'before' },
    { acknowledge: false },
  ] as const)('each own what they sent, acknowledged %o', async (options) => {
    const { url } = await openServer(options);
    const one = await joined(url, 'Sam', 300);
    const other = await joined(url, 'Sam', 300);
    await Promise.all([one.send('from the one'), other.send('from the other')]);
    await until(one, () => messages(one).length === 2);
    await until(other, () => messages(other).length === 2);
    expect(messages(one).sort()).toEqual(['from the other', 'own: from the one']);
    expect(messages(other).sort()).toEqual(['from the one', 'own: from the other']);
  });

  test('who say the same at the same time each own as many as they sent', async () => {
    const { url } = await openServer();
    const one = await joined(url, 'Sam');
    const other = await joined(url, 'Sam');
    const hello = () => Promise.all(['hi', 'hi', 'hi'].map((text) => one.send(text)));
    await Promise.all([hello(), other.send('hi'), other.send('hi')]);
    await until(one, () => messages(one).length === 5);
    await until(other, () => messages(other).length === 5);
    const own = (session: typeof one) => messages(session).filter((text) => text === 'own: hi');
    expect(own(one)).toHaveLength(3);
    expect(own(other)).toHaveLength(2);
  });
});
