import { useEffect, useRef, useState, type FormEvent } from 'react';
import { MAX_TEXT_LENGTH } from '../chat/events';
import { chatSession } from '../chat/page';

/** The draft stays while the connection is away; nothing is sent until it is back and the reader says so. */
export function MessageForm({ connected }: { connected: boolean }) {
  const [draft, setDraft] = useState('');
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), []);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    input.current?.focus();
    if (!connected || draft.trim() === '') return;
    setDraft('');
    setProblem('');
    const result = await chatSession().send(draft);
    if (result.outcome === 'sent') return;
    const perhapsArrived = result.outcome === 'failed' && result.delivered === 'unknown';
    // What surely did not arrive goes back into the input, unless the reader is already writing on.
    if (!perhapsArrived) setDraft((next) => (next === '' ? draft : next));
    if (result.outcome === 'failed') setProblem(result.reason);
  };

  return (
    <form className="message-form" onSubmit={send}>
      <p className="problem" role="alert">
        {problem}
      </p>
      <label htmlFor="message" className="visually-hidden">
        Message
      </label>
      <input
        id="message"
        ref={input}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        placeholder="Type a message..."
        maxLength={MAX_TEXT_LENGTH}
        autoComplete="off"
        enterKeyHint="send"
      />
      <button type="submit" className="primary" disabled={!connected}>
        Send
      </button>
    </form>
  );
}
