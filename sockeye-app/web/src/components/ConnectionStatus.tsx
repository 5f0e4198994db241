import { chatSession } from '../chat/page';
import type { Connection } from '../chat/session';
import { SignIn } from './SignIn';

const TEXTS = {
  connecting: 'Connecting…',
  online: 'Connected',
  lost: 'Connection lost. Reconnecting…',
  back: 'Connection is back',
  unreachable: 'Server not reachable. Trying again…',
} as const;

export function ConnectionStatus({ connection }: { connection: Connection }) {
  const refused = connection.state === 'refused';
  const wantsToken = refused && connection.reason.startsWith('Authentication error');
  return (
    <div className="connection-status" data-state={connection.state}>
      <span role="status" aria-live="polite">
        {refused ? connection.reason : TEXTS[connection.state]}
      </span>
      {wantsToken && <SignIn />}
      {refused && !wantsToken && (
        <button type="button" className="quiet" onClick={() => chatSession().reconnect()}>
          Reconnect
        </button>
      )}
    </div>
  );
}
