// SPDX-License-Identifier: Apache-2.0
// Clients whose network is cut at random moments, while a server sends numbered events to all, to a room and to each of them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { io } from 'socket.io-client';
import { breakableProxy } from '../lib/breakable-proxy.mjs';

const CUTS_PER_CLIENT = 40;
const CLIENTS_PER_WAY = 4;
const WAYS = [['polling'], ['websocket'], ['polling', 'websocket']];
const seed = Number(process.env.SOCKEYE_SEED ?? Date.now() % 1e9);

let state = seed;
/** A number from 0 to below 1; the same sequence for the same seed. */
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A client that checks that the numbers of each stream follow each other. */
function numbered(url, transports) {
  const socket = io(url, { transports, forceNew: true, reconnectionDelay: 5, reconnectionDelayMax: 20, timeout: 2000 });
  const seen = { latest: {}, faults: [], recovered: 0, fresh: 0, events: 0, cuts: 0 };
  socket.on('connect', () => {
    if (socket.recovered) {
      seen.recovered++;
    } else {
      seen.fresh++;
      seen.latest = {};
    }
  });
  for (const stream of ['all', 'room', 'own']) {
    socket.on(stream, (number) => {
      const before = seen.latest[stream];
      if (before !== undefined && number !== before + 1) {
        seen.faults.push(`${stream}: ${number} after ${before}, connected ${seen.recovered + seen.fresh} times`);
      }
      seen.latest[stream] = number;
      seen.events++;
    });
  }
  return { socket, seen };
}

test(`nothing is lost or doubled over hundreds of cuts, seed ${seed}`, async () => {
  const runs = [];
  for (const transports of WAYS) {
    for (let i = 0; i < CLIENTS_PER_WAY; i++) runs.push(cutAgainAndAgain(transports));
  }
  const all = await Promise.all(runs);
  const sum = (field) => all.reduce((total, { seen }) => total + seen[field], 0);
  assert.deepEqual(all.flatMap(({ seen }) => seen.faults), []);
  const lost = sum('fresh') - all.length;
  console.log(`# ${sum('cuts')} cuts, ${sum('recovered')} recovered, ${lost} not, ${sum('events')} events`);
  assert.ok(sum('recovered') > 200, `only ${sum('recovered')} were recovered`);
  assert.ok(lost < sum('recovered') / 10, `${lost} were not recovered`);
});

async function cutAgainAndAgain(transports) {
  const proxy = await breakableProxy(process.env.SOCKEYE_URL);
  const client = numbered(proxy.url, transports);
  after(() => {
    client.socket.disconnect();
    proxy.close();
  });
  for (let i = 0; i < CUTS_PER_CLIENT; i++) {
    const { events } = client.seen;
    await until(client, () => client.socket.connected && client.seen.events > events + 3);
    await pause(random() * 60);
    const connections = client.seen.recovered + client.seen.fresh;
    if (random() < 0.2) proxy.cutNearEndOnly();
    else proxy.cut();
    // A client that had no request under way, between two polls, does not even notice.
    const atCut = client.seen.events;
    const noticed = () => client.seen.recovered + client.seen.fresh > connections || !client.socket.connected;
    await until(client, () => noticed() || client.seen.events > atCut + 30);
    if (noticed()) client.seen.cuts++;
  }
  const { events } = client.seen;
  await until(client, () => client.seen.events > events + 10);
  return client;
}

async function until({ socket, seen }, condition) {
  const deadline = Date.now() + 20000;
  while (!condition()) {
    if (Date.now() > deadline) {
      const { engine } = socket.io;
      const facts = [socket.connected, socket.io._readyState, engine.readyState, engine.transport?.name, seen.events];
      assert.fail(`the client did not come back: ${facts.join(', ')}`);
    }
    await pause(2);
  }
}
