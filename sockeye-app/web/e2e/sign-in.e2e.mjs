/**
 * A page signs in at a server that wants tokens.
 *
 * SOCKEYE_URL names the server, SOCKEYE_JWT_SECRET what it checks tokens with; CHROMIUM, if set, the browser.
 */
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { join, launch, message, openChat, say } from './browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** @param {string} secret */
function token(secret) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256' })}.${part({ sub: 'ann', exp: Math.floor(Date.now() / 1000) + 600 })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test('nobody comes in without a token, nor with a forged one', { timeout: 60_000 }, async () => {
  const { page } = await openChat(browser, { webSockets: true });
  const signIn = async (/** @type {string} */ text) => {
    await page.getByPlaceholder('Paste your token').fill(text);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await page.getByText('Authentication error: Token missing').waitFor();
  await signIn(token('another secret of at least thirty-two bytes'));
  await page.getByText('Authentication error: Invalid token').waitFor();
  await signIn(token(process.env['SOCKEYE_JWT_SECRET'] ?? ''));
  await page.getByText('Connected', { exact: true }).waitFor();
  await join(page, 'Ann');
  await say(page, 'signed in');
  await message(page, 'signed in');
});
