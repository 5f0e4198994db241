import type { ChatMessage } from './events';

/** A text that was sent and whose fate is not yet settled. */
export interface Pending {
  readonly text: string;
  /** The id of the message taken for this text's echo. */
  echo: string | null;
  acknowledged: boolean;
}

/**
 * Tells which messages are the reader's own.
 *
 * A message names its author but not its sender's connection, and two people may share a name. So a message
 * counts as own when it bears our name and the text of something we sent that has no echo yet. A namesake who says
 * the same at the same time may be taken for us, and we for the namesake: the two messages read the same. What the
 * server refused has no echo.
 */
export class Ownership {
  readonly #own = new Set<string>();
  #pending: Pending[] = [];

  owns(id: string): boolean {
    return this.#own.has(id) || this.#pending.some((pending) => pending.echo === id);
  }

  sent(text: string): Pending {
    const pending = { text, echo: null, acknowledged: false };
    this.#pending.push(pending);
    return pending;
  }

  arrived(message: ChatMessage, ownName: string | null): void {
    if (this.owns(message.id) || message.username !== ownName) return;
    const match = this.#pending.find((pending) => pending.echo === null && pending.text === message.text);
    if (!match) return;
    match.echo = message.id;
    if (match.acknowledged) this.#settle(match);
  }

  acknowledged(pending: Pending): void {
    pending.acknowledged = true;
    if (pending.echo !== null) this.#settle(pending);
  }

  /** The server refused the text: what was taken for its echo is another's. */
  refused(pending: Pending): void {
    this.#remove(pending);
  }

  /** No acknowledgement will come any more: the guess stands. */
  unanswered(pending: Pending): void {
    this.#settle(pending);
  }

  /** A new session has begun, so that no echo of an earlier one can arrive. */
  newSession(): void {
    this.#pending.forEach((pending) => this.#settle(pending));
  }

  #settle(pending: Pending): void {
    if (pending.echo !== null) this.#own.add(pending.echo);
    this.#remove(pending);
  }

  #remove(pending: Pending): void {
    this.#pending = this.#pending.filter((other) => other !== pending);
  }
}
