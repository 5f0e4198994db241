import type { Socket } from 'socket.io-client';
import { withMessage, withNotice, withOwnership, type Entries } from './entries';
import {
  accepted,
  MAX_TEXT_LENGTH,
  MAX_USERNAME_LENGTH,
  type Acknowledgement,
  type ChatMessage,
  type ClientToServer,
  type ServerToClient,
} from './events';
import { Ownership, type Pending } from './ownership';

export type ChatSocket = Socket<ServerToClient, ClientToServer>;

export type Connection =
  /** `connecting` until the first connection; `back` from the second one on. */
  | { state: 'connecting' | 'online' | 'lost' | 'back' | 'unreachable' }
  /** The server turned the page away, and the client will not try again by itself. */
  | { state: 'refused'; reason: string; wantsToken: boolean };

/** The token of a connection that lasts is about to expire; `problem` is why the latest new one does not do. */
export interface Expiring {
  readonly expiresAt: string;
  readonly problem: string | null;
}

export interface ChatState {
  readonly connection: Connection;
  /** Null unless the server has said so. */
  readonly expiring: Expiring | null;
  /** Null until the reader has joined. */
  readonly username: string | null;
  readonly users: readonly string[];
  readonly entries: Entries;
}

export type SendResult =
  | { outcome: 'sent' | 'ignored' }
  /** `delivered` is `no` when the server refused it, `unknown` when it never answered. */
  | { outcome: 'failed'; delivered: 'no' | 'unknown'; reason: string };

const MISSED = 'You were offline for a moment. Messages sent meanwhile are not shown.';
const NO_ANSWER = 'No answer from the server.';
const UNANSWERED = `${NO_ANSWER} Your last message may not have arrived.`;
const CLOSED = 'The server closed the connection.';

/** Where the chat stands, as one immutable state that changes with the events of one socket. */
export class ChatSession {
  readonly #socket: ChatSocket;
  readonly #answerWithinMs: number;
  readonly #ownership = new Ownership();
  readonly #listeners = new Set<() => void>();
  #connectedBefore = false;
  /** What the server said of a token that does not count any more, before it disconnects. */
  #tokenEnd: string | null = null;
  #state: ChatState = {
    connection: { state: 'connecting' },
    expiring: null,
    username: null,
    users: [],
    entries: [],
  };

  constructor(socket: ChatSocket, answerWithinMs = 10_000) {
    this.#socket = socket;
    this.#answerWithinMs = answerWithinMs;
    this.#followConnection();
    this.#followToken();
    this.#followChat();
    socket.connect();
  }

  readonly state = (): ChatState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes the name, and announces it now or as soon as there is a connection. False for a blank or long name. */
  join(input: string): boolean {
    const username = accepted(input, MAX_USERNAME_LENGTH);
    if (username === null) return false;
    this.#update({ username });
    if (this.#socket.connected) this.#socket.emit('user_join', username);
    return true;
  }

  /** Sends at most once: nothing is queued while there is no connection, and nothing is sent again. */
  async send(input: string): Promise<SendResult> {
    const text = accepted(input, MAX_TEXT_LENGTH);
    if (text === null || !this.#socket.connected) return { outcome: 'ignored' };
    const pending = this.#ownership.sent(text);
    const result = await this.#awaitAnswer(pending);
    this.#update({ entries: withOwnership(this.#state.entries, (id) => this.#ownership.owns(id)) });
    return result;
  }

  /** Tries again after the server turned the page away. */
  reconnect(): void {
    this.#update({ connection: { state: 'connecting' } });
    this.#socket.connect();
  }

  /**
   * Shows the server a token that says who the reader is: on the connection where there is one, else with the next.
   * It is kept for as long as the page lives, and nowhere else.
   */
  signIn(input: string): void {
    const token = input.trim();
    if (this.#socket.connected) {
      this.#renew(token);
    } else {
      this.#socket.auth = { token };
      this.reconnect();
    }
  }

  close(): void {
    this.#socket.disconnect();
  }

  #renew(token: string): void {
    const answered = (failure: Error | null, answer?: Acknowledgement) => {
      if (!failure && answer?.status === 'success') {
        this.#socket.auth = { token };
        this.#update({ expiring: null });
      } else if (this.#state.expiring) {
        const problem = answer?.status === 'error' ? answer.message : NO_ANSWER;
        this.#update({ expiring: { ...this.#state.expiring, problem } });
      }
    };
    this.#socket.timeout(this.#answerWithinMs).emit('auth_refresh', token, answered);
  }

  #awaitAnswer(pending: Pending): Promise<SendResult> {
    return new Promise((resolve) => {
      const answered = (failure: Error | null, answer?: Acknowledgement) =>
        resolve(failure ? this.#onNoAnswer(pending) : this.#onAnswer(pending, answer));
      this.#socket.timeout(this.#answerWithinMs).emit('message', { text: pending.text }, answered);
    });
  }

  #onAnswer(pending: Pending, answer: Acknowledgement | undefined): SendResult {
    if (answer?.status === 'error') {
      this.#ownership.refused(pending);
      return { outcome: 'failed', delivered: 'no', reason: answer.message };
    }
    this.#ownership.acknowledged(pending);
    return { outcome: 'sent' };
  }

  #onNoAnswer(pending: Pending): SendResult {
    const seen = pending.echo !== null;
    // While the connection is away the echo may still come with a recovery; `connect` settles it.
    if (seen || this.#socket.connected) this.#ownership.unanswered(pending);
    return seen ? { outcome: 'sent' } : { outcome: 'failed', delivered: 'unknown', reason: UNANSWERED };
  }

  #followConnection(): void {
    this.#socket.on('connect', () => {
      const { username, entries } = this.#state;
      const missed = this.#connectedBefore && username !== null && !this.#socket.recovered;
      if (!this.#socket.recovered) this.#ownership.newSession();
      this.#update({
        connection: { state: this.#connectedBefore ? 'back' : 'online' },
        entries: missed ? withNotice(entries, MISSED) : entries,
      });
      this.#connectedBefore = true;
      if (username !== null) this.#socket.emit('user_join', username);
    });
    this.#socket.on('disconnect', () => {
      const wantsToken = this.#tokenEnd !== null;
      this.#update({
        connection: this.#socket.active
          ? { state: 'lost' }
          : { state: 'refused', reason: this.#tokenEnd ?? CLOSED, wantsToken },
        expiring: null,
      });
      this.#tokenEnd = null;
    });
    this.#socket.on('connect_error', ({ message }) => {
      if (!this.#socket.active) {
        const wantsToken = message.startsWith('Authentication error');
        this.#update({ connection: { state: 'refused', reason: message, wantsToken } });
      } else if (!this.#connectedBefore) {
        this.#update({ connection: { state: 'unreachable' } });
      }
    });
  }

  #followToken(): void {
    this.#socket.on('auth_expiring', ({ expiresAt }) =>
      this.#update({ expiring: { expiresAt, problem: null } }),
    );
    const onEnd = ({ message }: { message: string }) => {
      this.#tokenEnd = message;
    };
    this.#socket.on('auth_expired', onEnd);
    this.#socket.on('auth_revoked', onEnd);
  }

  #followChat(): void {
    this.#socket.on('user_joined', ({ username }) => this.#notice(`${username} joined the chat`));
    this.#socket.on('user_left', ({ username }) => this.#notice(`${username} left the chat`));
    this.#socket.on('user_list', (users) => this.#update({ users }));
    this.#socket.on('message', (message) => this.#onMessage(message));
  }

  #onMessage(message: ChatMessage): void {
    this.#ownership.arrived(message, this.#state.username);
    const own = this.#ownership.owns(message.id);
    this.#update({ entries: withMessage(this.#state.entries, message, own) });
  }

  #notice(text: string): void {
    this.#update({ entries: withNotice(this.#state.entries, text) });
  }

  #update(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
