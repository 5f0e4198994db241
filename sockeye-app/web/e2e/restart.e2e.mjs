/**
 * The chat survives a restart of its server.
 *
 * Prints the line READY_FOR_RESTART when two people are chatting; whoever runs this test then stops the server
 * at SOCKEYE_URL and starts it again at the same address. CHROMIUM, if set, names the browser.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, launch, message, notice, online, openChat, say } from './browser.mjs';

/** How long, in milliseconds, stopping, starting and coming back may take. */
const RESTART = Number(process.env.SOCKEYE_RESTART_TIMEOUT ?? 90_000);

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test('after a restart everyone is back and the chat goes on', async () => {
  const { page: ann } = await openChat(browser);
  const { page: bob } = await openChat(browser);
  await join(ann, 'Ann');
  await join(bob, 'Bob');
  await online(ann, ['Ann', 'Bob']);
  await say(ann, 'before the restart');
  await message(bob, 'before the restart');

  const draft = ann.getByPlaceholder('Type a message...');
  const send = ann.getByRole('button', { name: 'Send', exact: true });
  await draft.fill('a draft');
  const lost = [seen(ann, 'lost'), seen(bob, 'lost'), sendIsDisabled(ann)];
  process.stdout.write('READY_FOR_RESTART\n');

  await Promise.all(lost);
  await Promise.all([seen(ann, 'back'), seen(bob, 'back')]);
  await online(ann, ['Ann', 'Bob']);
  await online(bob, ['Ann', 'Bob']);
  assert.equal(await draft.inputValue(), 'a draft');

  await message(ann, 'before the restart');
  await send.click();
  await message(bob, 'a draft');
  await ann.locator('.own-message', { hasText: 'a draft' }).waitFor();
  await say(bob, 'after the restart');
  await message(ann, 'after the restart');

  await bob.goto('about:blank');
  await notice(ann, 'Bob left the chat');
  await online(ann, ['Ann']);
});

/**
 * @param {import('playwright-core').Page} page
 * @param {string} state
 */
function seen(page, state) {
  return page.locator(`.connection-status[data-state="${state}"]`).waitFor({ timeout: RESTART });
}

/** @param {import('playwright-core').Page} page */
function sendIsDisabled(page) {
  return page.locator('button:disabled', { hasText: 'Send' }).waitFor({ timeout: RESTART });
}
