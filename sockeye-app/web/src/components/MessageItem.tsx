import { memo } from 'react';
import type { Entry } from '../chat/entries';
import { Avatar } from './Avatar';
import { Timestamp } from './Timestamp';

export const MessageItem = memo(function MessageItem({ entry }: { entry: Entry }) {
  if (entry.kind === 'notice') {
    return (
      <div className="message system-message">
        <div className="message-body">{entry.text}</div>
        <div className="message-header">
          <span className="username visually-hidden">System</span>
          <Timestamp iso={entry.timestamp} />
        </div>
      </div>
    );
  }
  return (
    <div className={entry.own ? 'message own-message' : 'message'}>
      <Avatar name={entry.username} />
      <div className="bubble">
        <div className="message-header">
          <span className="username">{entry.username}</span>
          <Timestamp iso={entry.timestamp} />
        </div>
        <div className="message-body">{entry.text}</div>
      </div>
    </div>
  );
});
