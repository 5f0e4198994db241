/**
 * A page signs in at a server that wants tokens, and shows it a new one in time, and too late.
 *
 * SOCKEYE_URL names the server, SOCKEYE_JWT_SECRET_FILE what it checks tokens with, SOCKEYE_OTHER_SECRET_FILE a
 * secret that it does not know; CHROMIUM, if set, the browser. Prints ADVANCE and a number of seconds when the server's
 * clock is to go forward by as many.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { join, launch, message, openChat, say } from './browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/**
 * @param {string} secretFile the name of the variable that names it
 * @param {number} seconds
 */
function token(secretFile, seconds) {
  const script = fileURLToPath(new URL('token.mjs', import.meta.url));
  const file = process.env[secretFile] ?? '';
  return execFileSync(process.execPath, [script, file, 'ann', `${seconds}`], { encoding: 'utf8' });
}

test('a page signs in, brings a new token, and comes back after the end', { timeout: 90_000 }, async () => {
  const { page, traffic } = await openChat(browser);
  const signIn = async (/** @type {string} */ text) => {
    await page.getByPlaceholder('Paste your token').fill(text);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const signInIsGone = () => page.getByPlaceholder('Paste your token').waitFor({ state: 'detached' });

  await page.getByText('Authentication error: Token missing').waitFor();
  await signIn(token('SOCKEYE_OTHER_SECRET_FILE', 600));
  await page.getByText('Authentication error: Invalid token').waitFor();
  await signIn(token('SOCKEYE_JWT_SECRET_FILE', 600));
  await page.getByText('Connected', { exact: true }).waitFor();
  await join(page, 'Ann');
  await say(page, 'signed in');
  await message(page, 'signed in');

  process.stdout.write('ADVANCE 560\n');
  await page.getByText('Your token expires at').waitFor();
  const { sessions } = traffic;
  await signIn(token('SOCKEYE_OTHER_SECRET_FILE', 7200));
  await page.locator('.token-expiry', { hasText: 'Authentication error: Invalid token' }).waitFor();
  await signIn(token('SOCKEYE_JWT_SECRET_FILE', 7200));
  await signInIsGone();
  await say(page, 'still here');
  await message(page, 'still here');
  await page.getByText('Connected', { exact: true }).waitFor();
  assert.equal(traffic.sessions, sessions, 'the connection lasts');

  process.stdout.write('ADVANCE 7200\n');
  await page.getByText('The token has expired').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled());
  await signIn(token('SOCKEYE_JWT_SECRET_FILE', 14_400));
  await page.getByText('Connection is back').waitFor();
  await say(page, 'here again');
  await message(page, 'here again');
});
