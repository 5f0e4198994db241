/**
 * The page shows what the server answers to a message that it does not take.
 *
 * SOCKEYE_URL names the server, which takes ten messages in ten seconds; CHROMIUM, if set, the browser.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, launch, openChat, say } from './browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test('who writes too fast is told so, and keeps the text', { timeout: 60_000 }, async () => {
  const { page } = await openChat(browser);
  await join(page, 'Ann');
  const refused = page.getByText('Rate limit exceeded. Please try again later.');
  let said = 0;
  while ((await refused.count()) === 0) {
    said += 1;
    await say(page, `message ${said}`);
    await page
      .locator('.own-message', { hasText: `message ${said}` })
      .or(refused)
      .first()
      .waitFor();
  }
  assert.ok(said > 10, `refused after ${said}`);
  assert.equal(await page.getByPlaceholder('Type a message...').inputValue(), `message ${said}`);
  assert.equal(await page.locator('.own-message').count(), said - 1);
});
