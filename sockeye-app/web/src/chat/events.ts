/** The events of the chat, as they travel between page and server. */

export interface Member {
  username: string;
  userId: string;
}

export interface ChatMessage {
  id: string;
  text: string;
  username: string;
  /** ISO-8601, UTC. */
  timestamp: string;
}

/** The server's answer to a `message` or a new token. */
export type Acknowledgement = { status: 'success' } | { status: 'error'; message: string };

/** When the reader's token ends. */
export interface Expiry {
  secondsLeft: number;
  /** ISO-8601, UTC. */
  expiresAt: string;
}

export interface ServerToClient {
  user_joined(member: Member): void;
  user_left(member: Member): void;
  user_list(usernames: string[]): void;
  message(message: ChatMessage): void;
  auth_expiring(expiry: Expiry): void;
  /** The server disconnects after these two. */
  auth_expired(end: { message: string }): void;
  auth_revoked(end: { message: string }): void;
}

export interface ClientToServer {
  user_join(username: string): void;
  message(message: { text: string }, acknowledge: (answer?: Acknowledgement) => void): void;
  auth_refresh(token: string, acknowledge: (answer?: Acknowledgement) => void): void;
}

export const MAX_USERNAME_LENGTH = 32;
export const MAX_TEXT_LENGTH = 1000;

/** The trimmed text, or null where it is blank or longer than `maxLength`. */
export function accepted(input: string, maxLength: number): string | null {
  const trimmed = input.trim();
  return trimmed.length > 0 && trimmed.length <= maxLength ? trimmed : null;
}
