// SPDX-License-Identifier: Apache-2.0
import { compare } from '../lib/compare.mjs';

const place = (num) => `{"_placeholder":true,"num":${num}}`;
const ONE = Buffer.from([1, 2, 3]);
const TWO = Buffer.from([4]);
const many = (count) => Array.from({ length: count }, (_, i) => place(i)).join();
const ALL = 'closed';

/** On a WebSocket that has joined both namespaces. */
const conversation = (count, sent) => async (p) => {
  await p.upgrade();
  p.frames('40');
  await p.expect(3);
  p.frames('40/custom,');
  await p.expect(2);
  p.frames(...sent);
  if (count === ALL) await p.closed();
  else await p.expect(count);
};

const answered = [
  ['an event', 1, '42["message",1,"2",{"3":[true]}]'],
  ['an event without arguments', 1, '42["message"]'],
  ['an event of a custom namespace', 1, '42/custom,["message",1]'],
  ['an event of the main namespace by its name', 1, '42/,["message",1]'],
  ['an event with text of all widths', 1, '42["message","aé€🐟"]'],
  ['an event with a digit for a name', 1, '42[1]', '42["message"]'],
  ['an event without a payload', 1, '42', '42["message"]'],
  ['an event with an id and without a payload', 1, '421', '42["message"]'],
  ['an acknowledgement without a payload', 1, '43', '42["message"]'],
  ['an unknown event', 1, '42["unknown"]', '42["message"]'],
  ['an event named as a property', 1, '42["__proto__"]', '42["constructor"]', '42["message"]'],
  ['an acknowledged event', 1, '4212["message-with-ack",1,"2"]'],
  ['an acknowledged event without arguments', 1, '420["message-with-ack"]'],
  ['an acknowledged event of a custom namespace', 1, '42/custom,7["message-with-ack","x"]'],
  ['an acknowledged event without an id', 1, '42["message-with-ack",1]', '42["message"]'],
  ['an unknown event that wants an answer', 1, '425["unknown"]', '42["message"]'],
  ['an id with zeros before', 1, '42007["message-with-ack"]'],
  ['the largest safe id', 1, '429007199254740991["message-with-ack"]'],
  ['an answer that nobody waits for', 1, '4399["x"]', '42["message"]'],
  ['binary', 2, `451-["message",${place(0)}]`, ONE],
  ['two binaries', 3, `452-["message",${place(0)},${place(1)}]`, ONE, TWO],
  ['nested binary', 2, `451-["message",{"a":[{"b":${place(0)}}]}]`, ONE],
  ['empty binary', 2, `451-["message",${place(0)}]`, Buffer.alloc(0)],
  ['binary of a custom namespace', 2, `451-/custom,["message",${place(0)}]`, ONE],
  ['binary as base64', 2, `451-["message",${place(0)}]`, 'bAQID'],
  ['binary that is acknowledged', 2, `451-12["message-with-ack",${place(0)}]`, ONE],
  [
    'ten binaries',
    11,
    `4510-["message",${many(10)}]`,
    ...Array.from({ length: 10 }, (_, i) => Buffer.from([i])),
  ],
  ['two events with binary', 4, `451-["message",${place(0)}]`, ONE, `451-["message",${place(0)}]`, TWO],
  ['a binary answer that nobody waits for', 1, `461-99[${place(0)}]`, ONE, '42["message"]'],
];

const refused = [
  ['an unknown type', '47'],
  ['a type of two digits', '49["message"]'],
  ['an event that is an object', '42{}'],
  ['an event that is a text', '42"message"'],
  ['an empty event', '42[]'],
  ['a name that is null', '42[null]'],
  ['a name that is an object', '42[{}]'],
  ['a name that is true', '42[true]'],
  ['half an event', '42["message"'],
  ['more than an event', '42["message"]]'],
  ['a comma too many', '42["message",]'],
  ['single quotes', "42['message']"],
  ['NaN', '42["message",NaN]'],
  ['a word for an id', '42abc["message"]'],
  ['a negative id', '42-1["message"]'],
  ['a fraction for an id', '421.5["message"]'],
  ['the reserved name connect', '42["connect"]'],
  ['the reserved name connect_error', '42["connect_error"]'],
  ['the reserved name disconnect', '42["disconnect"]'],
  ['the reserved name disconnecting', '42["disconnecting"]'],
  ['the reserved name newListener', '42["newListener"]'],
  ['the reserved name removeListener', '42["removeListener"]'],
  ['an event of an unknown namespace', '42/random,["message"]'],
  ['a namespace without an end', '42/custom["message"]'],
  ['an answer that is an object', '430{}'],
  ['an answer that is a text', '430"x"'],
  ['an error from the client', '44"x"'],
  ['a second connect', '40'],
  ['binary that nobody announced', ONE],
  ['attachments without a count', '45-["message"]'],
  ['attachments without a dash', '451["message"]'],
  ['attachments without count and dash', '45["message"]'],
  ['attachments that are a word', '45x-["message"]'],
  ['negative attachments', '45-1-["message"]'],
  ['a fraction of attachments', '451.5-["message"]'],
  ['no attachments', '450-["message"]'],
  ['eleven attachments', `4511-["message",${many(11)}]`],
  ['very many attachments', '45999999999999999999-["message"]'],
  ['a binary event that is an object', '451-{}', ONE],
  ['a placeholder out of range', `451-["message",${place(1)}]`, ONE],
  ['a negative placeholder', `451-["message",${place(-1)}]`, ONE],
  ['a placeholder that is a fraction', `451-["message",${place(0.5)}]`, ONE],
  ['a placeholder that is a word', '451-["message",{"_placeholder":true,"num":"splice"}]', ONE],
  ['a placeholder without a number', '451-["message",{"_placeholder":true}]', ONE],
  ['an event while attachments are due', `451-["message",${place(0)}]`, '42["message"]'],
  ['a second header while attachments are due', `451-["message",${place(0)}]`, `451-["message",${place(0)}]`],
];

const edges = [
  ['an attachment used twice', 1, `451-["message",${place(0)},${place(0)}]`, ONE],
  ['an attachment not used', 1, '451-["message"]', ONE, '42["message"]'],
  ['a placeholder in a text event', 1, `42["message",${place(0)}]`],
  [
    'a placeholder that is not true',
    2,
    '451-["message",{"_placeholder":false,"num":0}]',
    ONE,
    '42["message"]',
  ],
  ['an id too large to be exact', 1, '4299999999999999999999["message-with-ack"]'],
  ['a key given twice', 1, '42["message",{"a":1,"a":2}]'],
  ['a lone surrogate', 1, '42["message","\\ud800"]'],
  ['a number too large for a double', 1, '42["message",1e999]'],
  ['spaces in an event', 1, '42[ "message" , 1 ]'],
  ['a number with many digits', 1, '42["message",1.0,12345678901234567890]'],
];

const polling = [
  ['an event', '42["message",1]'],
  ['an event with binary', `451-["message",${place(0)}]\x1ebAQID`],
  ['an acknowledged event with binary', `451-3["message-with-ack",${place(0)}]\x1ebAQID`],
  ['events of two namespaces', '42["message",1]\x1e40/random,'],
].map(([name, body]) => [
  `takes ${name} by polling`,
  async (p) => {
    await p.open();
    await p.post('40');
    await p.settle();
    await p.get();
    await p.post(body);
    await p.settle();
    await p.get();
  },
]);

const JOINED = [
  'open',
  {
    frames: [
      `0{"sid":"*","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}`,
      '40{"sid":"*"}',
      '42["auth",{}]',
    ],
  },
  { frames: ['40/custom,{"sid":"*"}', '42/custom,["auth",{}]'] },
];
const answers = (...frames) => [...JOINED, { frames }];
const AS_WRITTEN = 'arguments that are passed on are not read, so they leave as they came';
const STRICT = 'what no client sends is refused, as it is likely an attack or a defect';

compare(
  'events',
  [
    ...answered.map(([name, count, ...sent]) => [`answers ${name}`, conversation(count, sent)]),
    ...refused.map(([name, ...sent]) => [`closes at ${name}`, conversation(ALL, sent)]),
    ...edges.map(([name, count, ...sent]) => [`meets ${name}`, conversation(count, sent)]),
    ...polling,
  ],
  {
    'closes at a placeholder that is a fraction': {
      reason: STRICT,
      ours: [...JOINED, { frames: [], code: 1005 }],
    },
    'meets an attachment used twice': { reason: STRICT, ours: answers() },
    'meets an id too large to be exact': { reason: STRICT, ours: answers() },
    'meets an attachment not used': { reason: AS_WRITTEN, ours: answers('451-["message-back"]') },
    'meets a placeholder that is not true': {
      reason: AS_WRITTEN,
      ours: answers('451-["message-back",{"_placeholder":false,"num":0}]', { binary: '010203' }),
    },
    'meets a key given twice': { reason: AS_WRITTEN, ours: answers('42["message-back",{"a":1,"a":2}]') },
    'meets a number too large for a double': {
      reason: AS_WRITTEN,
      ours: answers('42["message-back",1e999]'),
    },
    'meets a number with many digits': {
      reason: AS_WRITTEN,
      ours: answers('42["message-back",1.0,12345678901234567890]'),
    },
  },
);
