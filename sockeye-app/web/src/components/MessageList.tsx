import type { Entries } from '../chat/entries';
import { MessageItem } from './MessageItem';
import { useNewestInView } from './useNewestInView';

export function MessageList({ entries }: { entries: Entries }) {
  const { list, onScroll, unseen, showNewest } = useNewestInView(entries.at(-1));
  return (
    <div className="message-area">
      <div
        className="messages"
        ref={list}
        onScroll={onScroll}
        role="log"
        aria-live="polite"
        aria-label="Messages"
        tabIndex={0}
      >
        {entries.map((entry) => (
          <MessageItem key={entry.id} entry={entry} />
        ))}
      </div>
      {unseen && (
        <button type="button" className="new-messages" onClick={showNewest}>
          New messages <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}
