import { useChat } from './chat/page';
import { ChatRoom } from './components/ChatRoom';
import { JoinForm } from './components/JoinForm';

export function App() {
  const chat = useChat();
  return chat.username === null ? <JoinForm chat={chat} /> : <ChatRoom chat={chat} />;
}
