import { expect, test } from 'vitest';
import { Ownership } from './ownership';

const from = (username: string, id: string, text: string) => ({ id, text, username, timestamp: '' });

test('a namesake who says the same is taken for the reader only until the acknowledgement', () => {
  const ownership = new Ownership();
  const pending = ownership.sent('hi');
  ownership.arrived(from('Sam', 'theirs', 'hi'), 'Sam');
  expect(ownership.owns('theirs')).toBe(true);
  ownership.arrived(from('Sam', 'ours', 'hi'), 'Sam');
  ownership.acknowledged(pending, 'ours');
  expect(ownership.owns('theirs')).toBe(false);
  expect(ownership.owns('ours')).toBe(true);
});

test('texts sent twice keep their own echoes when acknowledgements correct the first guess', () => {
  const ownership = new Ownership();
  const first = ownership.sent('hi');
  const second = ownership.sent('hi');
  for (const id of ['theirs', 'ours 1', 'ours 2']) ownership.arrived(from('Sam', id, 'hi'), 'Sam');
  ownership.acknowledged(first, 'ours 1');
  ownership.acknowledged(second, 'ours 2');
  expect(['theirs', 'ours 1', 'ours 2'].filter((id) => ownership.owns(id))).toEqual(['ours 1', 'ours 2']);
});

test('an acknowledged id is own before its message arrives', () => {
  const ownership = new Ownership();
  ownership.acknowledged(ownership.sent('hi'), 'ours');
  ownership.arrived(from('renamed by the server', 'ours', 'hi'), 'Sam');
  expect(ownership.owns('ours')).toBe(true);
});

test('a refused text owns nothing, and a new session expects no echo of the old one', () => {
  const ownership = new Ownership();
  const refused = ownership.sent('hi');
  ownership.arrived(from('Sam', 'theirs', 'hi'), 'Sam');
  ownership.refused(refused);
  expect(ownership.owns('theirs')).toBe(false);

  ownership.sent('lost');
  ownership.newSession();
  ownership.arrived(from('Sam', 'later', 'lost'), 'Sam');
  expect(ownership.owns('later')).toBe(false);
});
