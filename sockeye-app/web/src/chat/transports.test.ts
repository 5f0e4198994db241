import { expect, test } from 'vitest';
import { transportsIn } from './transports';

test.each([
  ['', {}],
  ['?transport=polling', { transports: ['polling'] }],
  ['?transport=websocket', { transports: ['websocket'] }],
  ['?transport=pigeon', {}],
])('the query %j asks for %o', (search, expected) => {
  expect(transportsIn(search)).toEqual(expected);
});
