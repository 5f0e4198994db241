import { expect, test } from 'vitest';
import { Ownership } from './ownership';

const from = (username: string, id: string, text: string) => ({ id, text, username, timestamp: '' });

test('texts sent twice take one echo each, whether acknowledged before or after', () => {
  const ownership = new Ownership();
  ownership.acknowledged(ownership.sent('hi'));
  const second = ownership.sent('hi');
  for (const id of ['first', 'second', 'theirs']) ownership.arrived(from('Sam', id, 'hi'), 'Sam');
  ownership.acknowledged(second);
  expect(['first', 'second', 'theirs'].filter((id) => ownership.owns(id))).toEqual(['first', 'second']);
});

test('a message of another name or with another text is no echo', () => {
  const ownership = new Ownership();
  ownership.sent('hi');
  ownership.arrived(from('Bob', 'his', 'hi'), 'Sam');
  ownership.arrived(from('Sam', 'theirs', 'hello'), 'Sam');
  expect(['his', 'theirs'].filter((id) => ownership.owns(id))).toEqual([]);
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
