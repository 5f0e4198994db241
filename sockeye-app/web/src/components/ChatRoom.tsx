import type { ChatState } from '../chat/session';
import { ConnectionStatus } from './ConnectionStatus';
import { Logo } from './Logo';
import { MessageForm } from './MessageForm';
import { MessageList } from './MessageList';
import { UserList } from './UserList';

export function ChatRoom({ chat }: { chat: ChatState }) {
  const { state } = chat.connection;
  return (
    <div className="chat-container">
      <UserList users={chat.users} />
      <main className="conversation">
        <header className="conversation-header">
          <Logo />
          <h1>Sockeye</h1>
          <ConnectionStatus connection={chat.connection} expiring={chat.expiring} />
        </header>
        <MessageList entries={chat.entries} />
        <MessageForm connected={state === 'online' || state === 'back'} />
      </main>
    </div>
  );
}
