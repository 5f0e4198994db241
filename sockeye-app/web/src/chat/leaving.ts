import type { ChatSocket } from './session';

/** The client's default path, with the slash that Engine.IO puts at its end. */
const PATH = '/socket.io/';

/** The Engine.IO packet that closes a session. */
const CLOSE = '1';

/**
 * Tells the server that a page on long-polling is going away.
 *
 * A browser cancels the requests of a page that closes, except for beacons; without one the others would see
 * the reader listed until the server's ping timeout.
 */
export function closePollingSession(socket: ChatSocket): void {
  const engine = socket.io.engine;
  if (!socket.connected || engine.transport.name !== 'polling') return;
  const query = new URLSearchParams({ EIO: '4', transport: 'polling', sid: engine.id });
  navigator.sendBeacon(`${PATH}?${query}`, CLOSE);
}
