import { useChat } from './chat/page';
import { ChatRoom } from './components/ChatRoom';
import { JoinForm } from './components/JoinForm';

export function App() {
  const chat = useChat();
  return chat.username === null ? <JoinForm connection={chat.connection} /> : <ChatRoom chat={chat} />;
}
