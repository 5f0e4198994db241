import { useRef, type KeyboardEvent } from 'react';
import { chatSession } from '../chat/page';

/** Asks for a token, where the server lets in nobody without or wants a new one soon. It stands in forms, so it is none itself. */
export function SignIn() {
  const input = useRef<HTMLInputElement>(null);

  const signIn = () => chatSession().signIn(input.current?.value ?? '');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    signIn();
  };

  return (
    <div className="sign-in">
      <input
        ref={input}
        type="password"
        aria-label="Token"
        placeholder="Paste your token"
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="quiet" onClick={signIn}>
        Sign in
      </button>
    </div>
  );
}
