// SPDX-License-Identifier: Apache-2.0
import { compare } from '../lib/compare.mjs';

const POLLING = 'EIO=4&transport=polling';
const SOCKET = 'EIO=4&transport=websocket';

const requests = [
  ['opens a session', 'GET', POLLING],
  ['opens a session whatever the order of parameters', 'GET', 'transport=polling&t=x&EIO=4'],
  ['opens a session with an encoded query', 'GET', 'EIO=%34&tr%61nsport=p%6Flling'],
  ['opens a session on a longer path', 'GET', `/engine.io/some/thing?${POLLING}`],
  ['opens a session when asked for base64', 'GET', `${POLLING}&b64=1`],
  ['opens a session with empty parameters around', 'GET', `&&${POLLING}&`],
  ['opens a session with a fragment of nothing', 'GET', `${POLLING}&=`],
  ['opens a session with a broken percent sign', 'GET', `${POLLING}&x=%zz`],
  ['opens a session with parameters named as properties', 'GET', `${POLLING}&__proto__=1&constructor=2`],
  ['does not serve the path without a slash', 'GET', `/engine.io?${POLLING}`],
  ['does not serve other paths', 'GET', `/other/?${POLLING}`],
  ['refuses no query', 'GET', ''],
  ['refuses no query and no question mark', 'GET', '/engine.io/'],
  ['refuses no transport', 'GET', 'EIO=4'],
  ['refuses an empty transport', 'GET', 'EIO=4&transport='],
  ['refuses an unknown transport', 'GET', 'EIO=4&transport=tobi'],
  ['refuses a transport in capitals', 'GET', 'EIO=4&transport=POLLING'],
  ['refuses WebTransport', 'GET', 'EIO=4&transport=webtransport'],
  ['refuses a transport named constructor', 'GET', 'EIO=4&transport=constructor'],
  ['refuses no version', 'GET', 'transport=polling'],
  ['refuses an empty version', 'GET', 'EIO=&transport=polling'],
  ['refuses version 3', 'GET', 'EIO=3&transport=polling'],
  ['refuses version 5', 'GET', 'EIO=5&transport=polling'],
  ['refuses a version that is no number', 'GET', 'EIO=abc&transport=polling'],
  ['refuses version 4.0', 'GET', 'EIO=4.0&transport=polling'],
  ['refuses a version with a space', 'GET', 'EIO=4%20&transport=polling'],
  ['refuses a version with an unknown transport for the transport', 'GET', 'EIO=3&transport=tobi'],
  ['refuses an unknown session', 'GET', `${POLLING}&sid=unknown`],
  ['refuses a session named __proto__', 'GET', `${POLLING}&sid=__proto__`],
  ['refuses a session named constructor', 'POST', `${POLLING}&sid=constructor`],
  ['refuses an unknown session to POST', 'POST', `${POLLING}&sid=unknown`],
  ['refuses an unknown session to DELETE', 'DELETE', `${POLLING}&sid=unknown`],
  ['refuses an unknown session of an unknown transport', 'GET', 'EIO=4&transport=tobi&sid=unknown'],
  ['refuses an unknown session without a version', 'GET', 'transport=polling&sid=unknown'],
  ['takes an empty session id for none', 'GET', `${POLLING}&sid=`],
  ['refuses to open a session by POST', 'POST', POLLING],
  ['refuses to open a session by PUT', 'PUT', POLLING],
  ['refuses to open a session by DELETE', 'DELETE', POLLING],
  ['refuses to open a session by PATCH', 'PATCH', POLLING],
  ['refuses to open a session by HEAD', 'HEAD', POLLING],
  ['refuses to open a session by POST for the method, not the version', 'POST', 'EIO=3&transport=polling'],
  ['refuses WebSocket without an upgrade', 'GET', SOCKET],
  ['refuses WebSocket by POST for the method', 'POST', SOCKET],
  ['refuses WebSocket without an upgrade and version', 'GET', 'transport=websocket'],
  ['takes the last of two versions', 'GET', 'EIO=3&EIO=4&transport=polling'],
  ['refuses the last of two versions', 'GET', 'EIO=4&EIO=3&transport=polling'],
  ['takes the last of two transports', 'GET', 'EIO=4&transport=tobi&transport=polling'],
  ['refuses the last of two transports', 'GET', 'EIO=4&transport=polling&transport=tobi'],
  ['refuses one of two unknown sessions', 'GET', `${POLLING}&sid=a&sid=b`],
];

const page = { origin: 'http://page.example' };
const preflight = {
  ...page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-token',
};

const crossOrigin = [
  ['tells a page of another origin that it may read', 'GET', POLLING, page],
  ['tells it of errors too', 'GET', 'EIO=4&transport=tobi', page],
  ['tells it of unknown sessions too', 'POST', `${POLLING}&sid=unknown`, page],
  ['takes the origin null', 'GET', POLLING, { origin: 'null' }],
  ['takes an origin of Latin-1', 'GET', POLLING, { origin: 'http://p\u00e4ge.example' }],
  ['takes an empty origin', 'GET', POLLING, { origin: '' }],
  ['answers a preflight', 'OPTIONS', POLLING, preflight],
  ['answers a preflight that asks for no headers', 'OPTIONS', POLLING, page],
  ['answers a preflight without an origin', 'OPTIONS', POLLING, {}],
  ['answers a preflight for an unknown session', 'OPTIONS', `${POLLING}&sid=unknown`, preflight],
  ['answers a preflight for an unknown transport', 'OPTIONS', 'EIO=4&transport=tobi', preflight],
  ['has old browsers not look for scripts', 'GET', POLLING, { 'user-agent': 'Mozilla/5.0 (X; Trident/7.0)' }],
  ['compresses no short answers', 'GET', POLLING, { 'accept-encoding': 'gzip' }],
];

const upgrades = [
  ['opens a WebSocket', SOCKET],
  ['opens a WebSocket on a longer path', `/engine.io/some/thing?${SOCKET}`],
  ['opens a WebSocket with an empty session id', `${SOCKET}&sid=`],
  ['opens a WebSocket when asked for base64 and uses it', `${SOCKET}&b64=1`],
  ['refuses a WebSocket without a transport', 'EIO=4'],
  ['refuses a WebSocket without a query', ''],
  ['refuses a WebSocket of an unknown transport', 'EIO=4&transport=tobi'],
  ['refuses a WebSocket for WebTransport', 'EIO=4&transport=webtransport'],
  ['refuses a WebSocket for an unknown session', `${SOCKET}&sid=unknown`],
  ['refuses a WebSocket for a session named __proto__', `${SOCKET}&sid=__proto__`],
  ['refuses a WebSocket without a version', 'transport=websocket'],
  ['refuses a WebSocket of version 3', 'EIO=3&transport=websocket'],
  ['refuses a WebSocket of no known version', 'EIO=abc&transport=websocket'],
];

const probes = [
  ...requests.map(([name, method, target]) => [name, (p) => p.request(method, target)]),
  ...crossOrigin.map(([name, method, target, headers]) => [
    name,
    (p) => p.request(method, target, { headers }),
  ]),
  ...upgrades.map(([name, target]) => [name, (p) => openAndEcho(p, target)]),
  ['opens a WebSocket for a page of another origin', (p) => openAndEcho(p, SOCKET, page)],
  ['closes a WebSocket that is to poll', (p) => p.upgrade(POLLING).then(() => p.closed())],
];

async function openAndEcho(p, target, headers) {
  const socket = await p.upgrade(target, { headers });
  if (socket.readyState !== 1) return;
  p.frames('4text', Buffer.from([1, 2]));
  await p.expect(3);
}

const OPENED = '{"sid":"*","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}';
const cors = { 'access-control-allow-origin': '*' };
const errorOf = (code, message) => [
  {
    status: 400,
    headers: { ...cors, 'content-type': 'application/json' },
    body: JSON.stringify({ code, message }),
  },
];
const unsupported = {
  reason: 'the reference answers 101 and then writes its refusal where frames are expected',
  ours: [{ refused: 400, type: 'text/html', connection: 'close', body: 'Unsupported protocol version' }],
};

compare('a handshake', probes, {
  'opens a session with a broken percent sign': {
    reason: 'a query that is not percent-encoded means different things to different readers',
    ours: [{ status: 400, headers: {}, body: '' }],
  },
  'takes the last of two versions': {
    reason: 'a parameter given twice means different things to different readers, such as a proxy',
    ours: errorOf(5, 'Unsupported protocol version'),
  },
  'takes the last of two transports': {
    reason: 'a parameter given twice means different things to different readers, such as a proxy',
    ours: errorOf(0, 'Transport unknown'),
  },
  'refuses a WebSocket without a version': unsupported,
  'refuses a WebSocket of version 3': unsupported,
  'refuses a WebSocket of no known version': unsupported,
});
