import { chatSession } from '../chat/page';
import type { ChatState } from '../chat/session';
import { SignIn } from './SignIn';
import { Timestamp } from './Timestamp';

const TEXTS = {
  connecting: 'Connecting…',
  online: 'Connected',
  lost: 'Connection lost. Reconnecting…',
  back: 'Connection is back',
  unreachable: 'Server not reachable. Trying again…',
} as const;

export function ConnectionStatus({ connection, expiring }: Pick<ChatState, 'connection' | 'expiring'>) {
  const refused = connection.state === 'refused';
  const wantsToken = refused && connection.wantsToken;
  return (
    <div className="connection-status" data-state={connection.state}>
      <span role="status" aria-live="polite">
        {refused ? connection.reason : TEXTS[connection.state]}
      </span>
      {expiring && (
        <span className="token-expiry" role="alert">
          Your token expires at <Timestamp iso={expiring.expiresAt} />. {expiring.problem}
        </span>
      )}
      {(wantsToken || expiring) && <SignIn />}
      {refused && !wantsToken && (
        <button type="button" className="quiet" onClick={() => chatSession().reconnect()}>
          Reconnect
        </button>
      )}
    </div>
  );
}
