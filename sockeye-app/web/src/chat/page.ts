import { io } from 'socket.io-client';
import { useSyncExternalStore } from 'react';
import { ChatSession, type ChatSocket, type ChatState } from './session';
import { closePollingSession } from './leaving';
import { transportsIn } from './transports';

let session: ChatSession | undefined;

/** The page's one chat session. It is opened by the first call and lives as long as the page. */
export function chatSession(): ChatSession {
  session ??= openSession();
  return session;
}

/** The state of the page's chat session; any number of components may use it. */
export function useChat(): ChatState {
  return useSyncExternalStore(chatSession().subscribe, chatSession().state);
}

function openSession(): ChatSession {
  const socket: ChatSocket = io({ autoConnect: false, ...transportsIn(window.location.search) });
  const opened = new ChatSession(socket);
  window.addEventListener('pagehide', () => {
    closePollingSession(socket);
    opened.close();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) opened.reconnect();
  });
  return opened;
}
