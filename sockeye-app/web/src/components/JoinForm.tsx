import { useRef, type FormEvent } from 'react';
import { MAX_USERNAME_LENGTH } from '../chat/events';
import { chatSession } from '../chat/page';
import type { ChatState } from '../chat/session';
import { ConnectionStatus } from './ConnectionStatus';
import { Logo } from './Logo';

export function JoinForm({ chat }: { chat: ChatState }) {
  const input = useRef<HTMLInputElement>(null);

  const join = (event: FormEvent) => {
    event.preventDefault();
    if (!chatSession().join(input.current?.value ?? '')) input.current?.focus();
  };

  return (
    <main className="join-page">
      <form className="join-form" onSubmit={join}>
        <Logo />
        <h1>Join the chat</h1>
        <p className="hint">Pick the name that others will see.</p>
        <label htmlFor="username">Your name</label>
        <input
          id="username"
          ref={input}
          placeholder="Enter your username"
          maxLength={MAX_USERNAME_LENGTH}
          autoComplete="nickname"
          autoCapitalize="words"
          spellCheck={false}
          autoFocus
        />
        <button type="submit" className="primary">
          Join
        </button>
        <ConnectionStatus connection={chat.connection} expiring={chat.expiring} />
      </form>
    </main>
  );
}
