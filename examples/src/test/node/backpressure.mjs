// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { connected, finish, next, until, url } from './client.mjs';

const socket = await connected('/', { transports: ['websocket'] });
// A client that does not read: its network socket is paused.
const network = socket.io.engine.transport.ws._socket;
const first = next(socket, 'chunk');
socket.emit('flood', 20_000);
await first;
network.pause();
const dropped = async () => (await (await fetch(url + '/health')).json()).droppedPackets > 0;
await until(dropped, 'a dropped packet in /health');
network.resume();
assert.equal(socket.connected, true);

const market = await connected('/market', { transports: ['websocket'] });
const price = next(market, 'price');
market.emit('quote', { pair: 'EURUSD', price: 1.1 });
assert.deepEqual(await price, ['EURUSD', 1.1]);
finish();
