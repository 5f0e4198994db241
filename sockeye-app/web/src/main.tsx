import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './styles/base.css';
import './styles/join.css';
import './styles/chat.css';
import './styles/messages.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html must hold an element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
