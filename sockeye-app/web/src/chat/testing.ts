import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import { onTestFinished, vi } from 'vitest';
import { attachChat, type Options } from '../../e2e/reference/server.mjs';
import { ChatSession, type ChatState } from './session';

/** A chat server on a free loopback port, closed with the test that opened it. */
export async function openServer(options: Options = {}, port = 0) {
  const http = createServer();
  const server = attachChat(http, options);
  await new Promise<void>((listening) => http.listen(port, '127.0.0.1', listening));
  onTestFinished(() => server.close());
  const opened = (http.address() as AddressInfo).port;
  return { io: server, port: opened, url: `http://127.0.0.1:${opened}` };
}

/** A session with a connection of its own, closed with the test that opened it. */
export function openSession(
  url: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
  answerWithinMs?: number,
): ChatSession {
  const socket = io(url, { autoConnect: false, forceNew: true, reconnectionDelay: 50, ...options });
  const session = new ChatSession(socket, answerWithinMs);
  onTestFinished(() => session.close());
  return session;
}

/** A session that has joined under the name and is listed. */
export async function joined(url: string, username: string, answerWithinMs?: number): Promise<ChatSession> {
  const session = openSession(url, {}, answerWithinMs);
  session.join(username);
  await until(session, (state) => state.users.includes(username.trim()));
  return session;
}

/** Waits until the session's state is as wanted. */
export async function until(session: ChatSession, wanted: (state: ChatState) => boolean): Promise<void> {
  await vi.waitUntil(() => wanted(session.state()), { timeout: 10_000, interval: 5 });
}

export function notices(session: ChatSession): string[] {
  return session.state().entries.flatMap((entry) => (entry.kind === 'notice' ? [entry.text] : []));
}

/** The messages as `text` or, where they are the reader's own, `own: text`. */
export function messages(session: ChatSession): string[] {
  return session
    .state()
    .entries.flatMap((entry) =>
      entry.kind === 'message' ? [entry.own ? `own: ${entry.text}` : entry.text] : [],
    );
}
