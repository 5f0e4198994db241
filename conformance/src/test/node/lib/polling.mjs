// SPDX-License-Identifier: Apache-2.0
// HTTP long-polling by hand.
export const BASE = process.env.SOCKEYE_URL;

export const SEPARATOR = '\x1e';

export const url = (query) => BASE + (query ? '?' + query : '');

/** One request; the body as text. */
export async function ask(query, init) {
  const response = await fetch(url(query), init);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

export const OPEN = 'EIO=4&transport=polling';

/** Opens a session; what its open packet says. */
export async function open() {
  const { body } = await ask(OPEN);
  return JSON.parse(body.slice(1));
}

export const poll = (sid, init) => ask(`${OPEN}&sid=${sid}`, init);

export const post = (sid, body) => ask(`${OPEN}&sid=${sid}`, { method: 'POST', body });

export const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Polls until the session has brought as many messages as wanted, answering pings. */
export async function pollMessages(sid, count) {
  const messages = [];
  while (messages.length < count) {
    const { status, body } = await poll(sid);
    if (status !== 200) throw new Error(`expected messages, got status ${status} after ${messages.length}`);
    for (const packet of body.split(SEPARATOR)) {
      if (packet === '2') await post(sid, '3');
      else messages.push(packet);
    }
  }
  return messages;
}

/** Waits until the server knows nothing of a session; it takes noops until then. */
export async function forgotten(sid) {
  const deadline = Date.now() + 5000;
  while ((await post(sid, '6')).status !== 400) {
    if (Date.now() > deadline) throw new Error(`session ${sid} is still there`);
  }
}
