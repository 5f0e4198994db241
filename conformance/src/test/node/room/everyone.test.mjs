// SPDX-License-Identifier: Apache-2.0
// Clients of every kind in one room, with others from other programs. Each says something in each form.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CLIENTS, connected, request } from '../lib/client.mjs';

/** How many come from elsewhere. */
const OTHERS = Number(process.env.SOCKEYE_OTHERS ?? 0);
/** A server that has one format only has the clients of the other elsewhere. */
const KINDS = CLIENTS.filter(({ url }) => url === process.env.SOCKEYE_URL);
const ALL = KINDS.length + OTHERS;

/** The server passes what is said on as it came, or reads and writes it anew. */
const EVENTS = ['say', 'say-anew'];
const LAST = 'last';
const FORMS = {
  text: 'aé€🐟\u0000"\\\u2028',
  values: [1, -1.5, true, null, '', { a: [{ b: null }] }],
  binary: Buffer.from([4, 0, 255, 0x34]),
  'two binaries': [Buffer.alloc(0), { deep: [{ er: Buffer.from('é') }] }],
  [LAST]: null,
};

/** Waits in a room until all are there. */
async function gather(socket, room) {
  const complete = new Promise((resolve) => {
    socket.on('complete', (which) => which === room && resolve());
  });
  socket.emit('enter', room, ALL);
  await complete;
}

/** Takes part in the talk; what it heard, by who said it: forms and values in their order. */
async function talk(socket, name) {
  const heard = {};
  const complete = new Promise((resolve) => {
    let finished = 0;
    socket.on('said', (from, form, value) => {
      (heard[from] ??= []).push([form, value]);
      if (form === LAST && ++finished === EVENTS.length * (ALL - 1)) resolve();
    });
  });
  await gather(socket, 'talk');
  for (const [form, value] of Object.entries(FORMS)) {
    for (const event of EVENTS) socket.emit(event, name, form, value);
  }
  await complete;
  await gather(socket, 'done');
  // What was sent to it before is there when this answer is.
  await request(socket, 'message-with-ack');
  return heard;
}

it(`hears everyone once, in a room of ${ALL}`, async () => {
  const sockets = await Promise.all(KINDS.map((kind) => connected(kind)));
  const heard = await Promise.all(sockets.map((socket, i) => talk(socket, KINDS[i].name)));
  const said = Object.entries(FORMS).flatMap((entry) => EVENTS.map(() => entry));
  for (const [i, { name }] of KINDS.entries()) {
    assert.equal(Object.keys(heard[i]).length, ALL - 1, `${name} heard ${Object.keys(heard[i])}`);
    assert.ok(!(name in heard[i]), `${name} heard itself`);
    for (const [from, messages] of Object.entries(heard[i])) {
      assert.deepEqual(messages, said, `what ${name} heard from ${from}`);
    }
  }
  sockets.forEach((socket) => socket.disconnect());
});
