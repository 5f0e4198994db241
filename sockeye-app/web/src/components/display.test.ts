import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './names';
import { shortTime } from './times';

test.each([
  ['Ann', 'A'],
  ['mara lindqvist', 'ML'],
  ['Ana de la Cruz', 'AC'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
  ['  ', '?'],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a name keeps its hue', () => {
  expect(hueOf('Ann')).toBe(hueOf('Ann'));
  expect(hueOf('Ann')).not.toBe(hueOf('Bob'));
  expect(hueOf('Ann')).toBeLessThan(360);
});

test('the date is shown with the time unless it is today', () => {
  const noon = new Date(2026, 10, 23, 12, 0);
  const lastYear = new Date(2025, 10, 23, 12, 0);
  expect(shortTime(noon, noon)).not.toContain('2026');
  expect(shortTime(lastYear, noon)).toContain('2025');
});
