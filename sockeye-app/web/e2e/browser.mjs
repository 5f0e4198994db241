import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long, in milliseconds, a page may take to show what a test waits for. */
export const PATIENCE = Number(process.env.SOCKEYE_E2E_TIMEOUT ?? 20_000);

/** The server under test, from SOCKEYE_URL. */
export function baseUrl() {
  const url = process.env.SOCKEYE_URL;
  if (!url) throw new Error('Set SOCKEYE_URL to the address of the server, e.g. http://127.0.0.1:3000');
  return url;
}

/** Starts a headless Chromium with an empty profile: the one named by CHROMIUM, or the system's. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error(`No Chromium at ${PLACES.join(', ')}: set CHROMIUM to its path`);
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/**
 * A browser window of its own, with the chat opened in it.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ webSockets?: boolean, viewport?: { width: number, height: number } }} [options]
 */
export async function openChat(browser, { webSockets = true, viewport = { width: 1280, height: 800 } } = {}) {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(PATIENCE);
  if (!webSockets) {
    await context.addInitScript(() => {
      Reflect.deleteProperty(window, 'WebSocket');
    });
  }
  const page = await context.newPage();
  const traffic = watchTraffic(page);
  await page.goto(baseUrl());
  return { page, traffic };
}

/**
 * Counts the Engine.IO sessions that a page opens, and its WebSockets.
 *
 * @param {import('playwright-core').Page} page
 */
function watchTraffic(page) {
  const traffic = { sessions: 0, webSockets: 0 };
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/socket.io/') && !url.searchParams.has('sid')) traffic.sessions += 1;
  });
  page.on('websocket', () => {
    traffic.webSockets += 1;
  });
  return traffic;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} username
 */
export async function join(page, username) {
  await page.getByPlaceholder('Enter your username').fill(username);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.locator('.chat-container').waitFor();
  await page.locator('.user-list li', { hasText: username }).first().waitFor();
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export async function say(page, text) {
  await page.getByPlaceholder('Type a message...').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/**
 * The message with this text, once the page shows it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export async function message(page, text) {
  const body = page.locator('.message-body').getByText(text, { exact: true });
  const found = page.locator('.message', { has: body });
  await found.waitFor();
  return found;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export async function notice(page, text) {
  await page.locator('.system-message', { hasText: text }).last().waitFor();
}

/**
 * Waits until the page says that exactly these people are online.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} names
 */
export async function online(page, names) {
  await page.getByRole('heading', { name: `Online Users (${names.length})`, exact: true }).waitFor();
  await page.waitForFunction(
    (expected) => {
      const listed = [...document.querySelectorAll('.user-list li')].map((item) => item.textContent ?? '');
      return JSON.stringify(listed.sort()) === expected;
    },
    JSON.stringify([...names].sort()),
  );
}

/**
 * Every open page goes elsewhere, as when a tab is closed; returns when the server no longer lists anyone.
 *
 * @param {import('playwright-core').Browser} browser
 */
export async function everyoneLeaves(browser) {
  const witness = await openChat(browser);
  for (const context of browser.contexts()) {
    if (context !== witness.page.context()) await close(context);
  }
  await join(witness.page, 'Witness');
  await online(witness.page, ['Witness']);
  await close(witness.page.context());
}

/** @param {import('playwright-core').BrowserContext} context */
async function close(context) {
  for (const page of context.pages()) await page.goto('about:blank');
  await context.close();
}
