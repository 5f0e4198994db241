// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, pollMessages, post, SEPARATOR } from '../lib/polling.mjs';
import { closesAtOnce, connect, connected } from '../lib/socketio.mjs';

const place = (num) => `{"_placeholder":true,"num":${num}}`;
const ONE = Buffer.from([1, 2, 3]);
const TWO = Buffer.from([4]);

async function exchange(socket, sent, expected) {
  socket.send(...sent);
  for (const frame of expected) assert.deepEqual(await socket.nextMessage(), frame);
  socket.end();
}

describe('events', () => {
  const texts = [
    '42["message"]',
    '42["message",1,"2",{"3":[true]}]',
    '42["message",null,false,-1.5,"é🐟\\u2028 \\"quoted\\"",[],{}]',
    '42["message",{"__proto__":{"a":1},"constructor":null}]',
    `42["message","${'x'.repeat(100000)}"]`,
  ];
  for (const text of texts) {
    it(`echoes ${text.slice(0, 50)}`, async () => {
      const frame = await sendText(text);
      assert.deepEqual(JSON.parse(frame.slice(2)), ['message-back', ...JSON.parse(text.slice(2)).slice(1)]);
      assert.ok(frame.startsWith('42["message-back"'));
    });
  }

  async function sendText(text) {
    const socket = await connected();
    socket.send(text);
    const frame = await socket.nextMessage();
    socket.end();
    return frame;
  }

  it('echoes in a custom namespace', async () => {
    const socket = await connected();
    await connect(socket, '/custom,');
    await exchange(socket, ['42/custom,["message",1]'], ['42/custom,["message-back",1]']);
  });

  it('echoes binary', async () => {
    const sent = `452-["message",${place(0)},${place(1)}]`;
    await exchange(await connected(), [sent, ONE, TWO], [sent.replace('message', 'message-back'), ONE, TWO]);
  });

  it('echoes nested binary', async () => {
    const sent = `452-["message",{"a":[1,${place(0)}],"b":{"c":${place(1)}}}]`;
    await exchange(await connected(), [sent, ONE, TWO], [sent.replace('message', 'message-back'), ONE, TWO]);
  });

  it('puts binary where its number says, whatever the order of keys', async () => {
    const socket = await connected();
    socket.send('452-["message",{"num":1,"_placeholder":true},{"num":0,"_placeholder":true}]', ONE, TWO);
    const header = await socket.next();
    const parts = [await socket.next(), await socket.next()];
    const [name, ...places] = JSON.parse(header.slice('452-'.length));
    assert.equal(name, 'message-back');
    assert.deepEqual(
      places.map(({ num }) => parts[num]),
      [TWO, ONE],
    );
    socket.end();
  });

  it('echoes binary in a custom namespace', async () => {
    const socket = await connected();
    await connect(socket, '/custom,');
    const sent = `451-/custom,["message",${place(0)}]`;
    await exchange(socket, [sent, ONE], [sent.replace('message', 'message-back'), ONE]);
  });

  it('echoes ten attachments, the most there may be', async () => {
    const parts = Array.from({ length: 10 }, (_, i) => Buffer.from([i]));
    const sent = `4510-["message",${parts.map((_, i) => place(i)).join()}]`;
    await exchange(await connected(), [sent, ...parts], [sent.replace('message', 'message-back'), ...parts]);
  });

  it('echoes binary over HTTP long-polling', async () => {
    const { sid } = await open();
    await post(sid, '40');
    await pollMessages(sid, 2);
    await post(sid, [`451-["message",${place(0)}]`, 'bAQID'].join(SEPARATOR));
    assert.deepEqual(await pollMessages(sid, 2), [`451-["message-back",${place(0)}]`, 'bAQID']);
  });

  it('ignores events that nobody handles', async () => {
    await exchange(await connected(), ['42["unknown",1]', '42["message"]'], ['42["message-back"]']);
  });
});

describe('acknowledgements', () => {
  it('answers with what came', async () => {
    const sent = '42456["message-with-ack",1,"2",{"3":[false]}]';
    await exchange(await connected(), [sent], ['43456[1,"2",{"3":[false]}]']);
  });

  it('answers nothing with nothing', async () => {
    await exchange(await connected(), ['420["message-with-ack"]'], ['430[]']);
  });

  it('answers binary with binary', async () => {
    const sent = `452-789["message-with-ack",${place(0)},${place(1)}]`;
    await exchange(await connected(), [sent, ONE, TWO], [`462-789[${place(0)},${place(1)}]`, ONE, TWO]);
  });

  it('answers in a custom namespace', async () => {
    const socket = await connected();
    await connect(socket, '/custom,');
    await exchange(socket, ['42/custom,12["message-with-ack","x"]'], ['43/custom,12["x"]']);
  });

  it('ignores answers that nobody waits for', async () => {
    await exchange(await connected(), ['4399[1]', '42["message"]'], ['42["message-back"]']);
  });
});

describe('what is no packet', () => {
  const frames = [
    '4abc',
    '4',
    '47',
    '49["message"]',
    '42{}',
    '42"message"',
    '42[]',
    '42[null]',
    '42[true]',
    '42[{}]',
    '42["message"',
    '42["message"]]',
    '42["message",]',
    '42["message",NaN]',
    "42['message']",
    '42abc["message-with-ack",1]',
    '42-1["message-with-ack",1]',
    '421.5["message-with-ack",1]',
    '42["connect"]',
    '42["connect_error"]',
    '42["disconnect"]',
    '42["disconnecting"]',
    '42["newListener"]',
    '42["removeListener"]',
    '43{}',
    '41{}',
    '45["message"]',
    '45x-["message"]',
    '45-["message"]',
    '45-1-["message"]',
    '451["message"]',
    `4511-["message",${Array.from({ length: 11 }, (_, i) => place(i)).join()}]`,
    '45999999999999-["message"]',
    '461-{}',
  ];
  for (const frame of frames) {
    it(`closes at ${frame.slice(0, 60)}`, async () => {
      await closesAtOnce(await connected(), frame);
    });
  }

  const conversations = [
    ['binary that nobody announced', [ONE]],
    ['text while attachments are due', [`451-["message",${place(0)}]`, '42["message"]']],
    [
      'a second header while attachments are due',
      [`451-["message",${place(0)}]`, `451-["message",${place(0)}]`],
    ],
    ['a placeholder out of range', [`451-["message",${place(1)}]`, ONE]],
    ['a placeholder that is negative', [`451-["message",${place(-1)}]`, ONE]],
    ['a placeholder that is no integer', ['451-["message",{"_placeholder":true,"num":"splice"}]', ONE]],
  ];
  for (const [name, frames] of conversations) {
    it(`closes at ${name}`, async () => {
      await closesAtOnce(await connected(), ...frames);
    });
  }
});
