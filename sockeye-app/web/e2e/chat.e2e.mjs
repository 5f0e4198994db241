/**
 * Two people chat in a real browser, over WebSocket and on HTTP long-polling alone.
 *
 * SOCKEYE_URL names the server (nobody else may be online there); CHROMIUM, if set, the browser.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { everyoneLeaves, join, launch, message, notice, online, openChat, say } from './browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

afterEach(() => everyoneLeaves(browser));

after(() => browser?.close());

for (const webSockets of [true, false]) {
  describe(webSockets ? 'with WebSockets' : 'with WebSockets blocked', () => {
    test('two people join, talk and leave', async () => {
      const ann = await openChat(browser, { webSockets });
      const bob = await openChat(browser, { webSockets });
      await join(ann.page, 'Ann');
      await join(bob.page, 'Bob');
      await online(ann.page, ['Ann', 'Bob']);
      await online(bob.page, ['Ann', 'Bob']);
      await notice(ann.page, 'Bob joined the chat');

      await say(ann.page, 'Hello, Bob');
      const sent = await message(ann.page, 'Hello, Bob');
      const received = await message(bob.page, 'Hello, Bob');
      await ann.page.locator('.own-message', { hasText: 'Hello, Bob' }).waitFor();
      assert.equal(await bob.page.locator('.own-message').count(), 0, 'to Bob it is not his own');
      assert.equal(await sent.count(), 1, 'it is shown once');
      assert.equal(await received.locator('.message-header .username').textContent(), 'Ann');
      const stamp = await received.locator('.message-header .timestamp').getAttribute('datetime');
      assert.match(stamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

      await say(bob.page, 'Hello, Ann');
      await message(ann.page, 'Hello, Ann');
      await bob.page.locator('.own-message', { hasText: 'Hello, Ann' }).waitFor();

      if (!webSockets) assert.equal(ann.traffic.webSockets + bob.traffic.webSockets, 0);
      assert.equal(ann.traffic.sessions, 1, 'one socket per page');

      await bob.page.goto('about:blank');
      await notice(ann.page, 'Bob left the chat');
      await online(ann.page, ['Ann']);
    });

    test('markup in names and texts is shown as text', async () => {
      const name = '<b>Eve</b>';
      const markup = '<img src=x onerror="window.injected = true"><script>window.injected = true</script>';
      const eve = await openChat(browser, { webSockets });
      const ann = await openChat(browser, { webSockets });
      await join(ann.page, 'Ann');
      await join(eve.page, name);
      await online(ann.page, ['Ann', name]);
      await say(eve.page, markup);
      const shown = await message(ann.page, markup);
      assert.equal(await shown.locator('.username').textContent(), name);
      assert.equal(await ann.page.locator('.message img, .message script, .chat-container b').count(), 0);
      assert.equal(await ann.page.evaluate('window.injected'), undefined);
    });

    test('blank names and texts are ignored', async () => {
      const { page } = await openChat(browser, { webSockets });
      await page.getByPlaceholder('Enter your username').fill('   ');
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      assert.equal(await page.locator('.chat-container').count(), 0);
      await join(page, 'Ann');
      await say(page, '');
      await say(page, '   ');
      await say(page, 'after the blanks');
      await message(page, 'after the blanks');
      assert.equal(await page.locator('.message:not(.system-message)').count(), 1);
    });
  });
}

test('two people of one name each see their own messages as own', async () => {
  const one = await openChat(browser);
  const other = await openChat(browser);
  await join(one.page, 'Sam');
  await join(other.page, 'Sam');
  await online(one.page, ['Sam', 'Sam']);
  await say(one.page, 'from the one');
  await message(other.page, 'from the one');
  await say(other.page, 'from the other');
  await message(one.page, 'from the other');
  await one.page.locator('.own-message', { hasText: 'from the one' }).waitFor();
  await other.page.locator('.own-message', { hasText: 'from the other' }).waitFor();
  assert.equal(await one.page.locator('.own-message').count(), 1);
  assert.equal(await other.page.locator('.own-message').count(), 1);
});

test('the newest message is in view, unless the reader has scrolled up', async () => {
  const reader = await openChat(browser, { viewport: { width: 390, height: 844 } });
  const writer = await openChat(browser);
  await join(reader.page, 'Ann');
  await join(writer.page, 'Bob');
  for (let number = 1; number <= 4; number++) {
    await say(writer.page, `${number} ${'swim upstream '.repeat(60)}`.trim());
    await writer.page
      .locator('.own-message')
      .nth(number - 1)
      .waitFor();
  }
  const newMessages = reader.page.getByRole('button', { name: 'New messages' });
  await reader.page.locator('.message:not(.system-message)').nth(3).waitFor();
  await distanceFromEnd(reader.page, 0, 2);
  assert.equal(await newMessages.count(), 0);

  await reader.page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
  await distanceFromEnd(reader.page, 200, Infinity);
  await say(writer.page, 'the last one');
  await newMessages.waitFor();
  await distanceFromEnd(reader.page, 200, Infinity);
  await newMessages.click();
  await distanceFromEnd(reader.page, 0, 2);
  await newMessages.waitFor({ state: 'detached' });
});

/**
 * Waits until the list of messages is scrolled to between `least` and `most` pixels from its end.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} least
 * @param {number} most
 */
async function distanceFromEnd(page, least, most) {
  await page.waitForFunction(
    ([from, to]) => {
      const list = document.querySelector('.messages');
      if (!list) return false;
      const distance = list.scrollHeight - list.scrollTop - list.clientHeight;
      return distance >= Number(from) && distance <= Number(to);
    },
    [least, most === Infinity ? Number.MAX_SAFE_INTEGER : most],
  );
}
