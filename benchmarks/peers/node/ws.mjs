// SPDX-License-Identifier: Apache-2.0
// A WebSocket server that answers the frames of Socket.IO by hand, and on /raw echoes.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { options, serve } from './lib/options.mjs';

const OPEN = '0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const CONNECTED = '40{"sid":"s"}';
const TEXT = { binary: false };

const rooms = new Map();

function join(client, name) {
  let members = rooms.get(name);
  if (!members) rooms.set(name, (members = new Set()));
  members.add(client);
  (client.rooms ??= []).push(name);
}

function leave(client) {
  for (const name of client.rooms ?? []) {
    const members = rooms.get(name);
    members.delete(client);
    if (members.size === 0) rooms.delete(name);
  }
}

/** Encoded once for all; strings would be encoded for each. */
function publish(name, data) {
  const members = rooms.get(name);
  if (!members) return;
  const frame = Buffer.from(`42["msg",${data}`);
  for (const member of members) member.send(frame, TEXT);
}

/** What is between the type and the payload is the id of the acknowledgement that is asked for. */
function event(client, text) {
  const start = text.indexOf('[');
  const id = text.slice(2, start);
  if (text.startsWith('["echo",', start)) {
    client.send(`43${id}[${text.slice(start + 8)}`);
  } else if (text.startsWith('["pub","', start)) {
    const end = text.indexOf('"', start + 8);
    publish(text.slice(start + 8, end), text.slice(end + 2));
  } else if (text.startsWith('["join","', start)) {
    join(client, text.slice(start + 9, text.indexOf('"', start + 9)));
    if (id) client.send(`43${id}[]`);
  }
}

function serveSocketIo(client) {
  client.send(OPEN);
  client.on('message', (message) => {
    const text = message.toString();
    if (text.startsWith('42')) event(client, text);
    else if (text.startsWith('40')) client.send(CONNECTED);
  });
  client.on('close', () => leave(client));
}

const { port } = options();
const httpServer = createServer();
const webSockets = new WebSocketServer({ server: httpServer, maxPayload: 1000000 });
webSockets.on('connection', (client, request) => {
  client.on('error', () => client.terminate());
  if (request.url === '/raw') client.on('message', (message, binary) => client.send(message, { binary }));
  else serveSocketIo(client);
});

serve(httpServer, port);
