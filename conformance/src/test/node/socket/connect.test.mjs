// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forgotten, open, poll, pollMessages, post, SEPARATOR } from '../lib/polling.mjs';
import { closesAtOnce, connect, connected } from '../lib/socketio.mjs';
import { openSocket } from '../lib/websocket.mjs';

describe('connect', () => {
  for (const namespace of ['', '/custom,']) {
    for (const auth of ['{}', '{"token":"123"}', '{"nested":{"list":[1,"é",null]}}']) {
      it(`joins ${namespace || '/'} with ${auth}`, async () => {
        const socket = await openSocket();
        const handshake = await connect(socket, namespace, auth);
        assert.deepEqual(Object.keys(handshake), ['sid']);
        assert.notEqual(handshake.sid, socket.handshake.sid);
        socket.end();
      });
    }
  }

  it('joins over HTTP long-polling', async () => {
    const { sid } = await open();
    await post(sid, '40{"token":"123"}');
    const [answer, event] = await pollMessages(sid, 2);
    assert.match(answer, /^40\{"sid":"[^"]+"\}$/);
    assert.equal(event, '42["auth",{"token":"123"}]');
  });

  it('joins two namespaces over one connection, each with an id of its own', async () => {
    const socket = await openSocket();
    const main = await connect(socket);
    const custom = await connect(socket, '/custom,');
    assert.notEqual(main.sid, custom.sid);
    socket.end();
  });

  it('takes a custom namespace without a comma', async () => {
    const socket = await openSocket();
    socket.send('40/custom');
    assert.match(await socket.next(), /^40\/custom,\{"sid":"[^"]+"\}$/);
    socket.end();
  });

  for (const name of ['/random', '/Custom', '/custom/', '/__proto__', '/custom?token=1']) {
    it(`refuses the namespace ${name} and goes on`, async () => {
      const socket = await openSocket();
      socket.send(`40${name},`);
      assert.equal(await socket.nextMessage(), `44${name},{"message":"Invalid namespace"}`);
      await connect(socket);
      socket.end();
    });
  }

  const handshakes = [
    '4abc',
    '4',
    '40[]',
    '40"text"',
    '40null',
    '40{',
    '40{"a":1}x',
    '43[]',
    '42["message"]',
  ];
  for (const frame of [...handshakes, '41', '44{"message":"x"}', '42/custom,["message"]', '430[]']) {
    it(`closes at ${frame} before it is connected`, async () => {
      await closesAtOnce(await openSocket(), frame);
    });
  }

  it('closes at binary data before it is connected', async () => {
    await closesAtOnce(await openSocket(), Buffer.from([1, 2, 3]));
  });

  it('closes when a namespace is joined twice', async () => {
    await closesAtOnce(await connected(), '40');
  });

  it('closes when a custom namespace is joined twice', async () => {
    const socket = await openSocket();
    await connect(socket, '/custom,');
    await closesAtOnce(socket, '40/custom,');
  });

  it('closes a connection that joins nothing in time', async () => {
    const started = Date.now();
    const socket = await openSocket();
    socket.socket.on('message', () => socket.send('3'));
    assert.equal(await socket.closed(), 1005);
    const time = Date.now() - started;
    assert.ok(time > 900 && time < 1300, `closed after ${time} ms`);
  });

  it('closes a polling session that joins nothing in time', async () => {
    const { sid } = await open();
    let polled;
    do {
      polled = await poll(sid);
      if (polled.body === '2') await post(sid, '3');
    } while (polled.body === '2');
    assert.equal(polled.body, '1');
    assert.equal((await poll(sid)).status, 400);
  });

  it('keeps a connection that has been refused and joins another namespace', async () => {
    const socket = await openSocket();
    socket.send('40/random,');
    assert.match(await socket.nextMessage(), /^44/);
    await connect(socket);
    for (let i = 0; i < 4; i++) {
      assert.equal(await socket.next(), '2');
      socket.send('3');
    }
    socket.end();
  });
});

describe('disconnect', () => {
  it('leaves the main namespace and keeps the connection', async () => {
    const socket = await connected();
    socket.send('41');
    assert.equal(await socket.next(), '2');
    socket.end();
  });

  it('leaves a custom namespace and keeps the others', async () => {
    const socket = await connected();
    await connect(socket, '/custom,');
    socket.send('41/custom,', '42["message","to the main namespace"]');
    assert.equal(await socket.nextMessage(), '42["message-back","to the main namespace"]');
    socket.end();
  });

  it('leaves the main namespace and keeps a custom one', async () => {
    const socket = await connected();
    await connect(socket, '/custom,');
    socket.send('41', '42/custom,["message",1]');
    assert.equal(await socket.nextMessage(), '42/custom,["message-back",1]');
    socket.end();
  });

  it('lets a client join again, with another id', async () => {
    const socket = await openSocket();
    const first = await connect(socket);
    socket.send('41');
    const second = await connect(socket);
    assert.notEqual(first.sid, second.sid);
    socket.end();
  });

  it('closes at an event after it', async () => {
    await closesAtOnce(await connected(), '41', '42["message"]');
  });

  it('closes at a second one', async () => {
    await closesAtOnce(await connected(), '41', '41');
  });

  it('forgets a polling session that closed', async () => {
    const { sid } = await open();
    await post(sid, ['40', '1'].join(SEPARATOR));
    await forgotten(sid);
  });
});
