import { chatSession } from '../chat/page';
import type { Connection } from '../chat/session';

const TEXTS = {
  connecting: 'Connecting…',
  online: 'Connected',
  lost: 'Connection lost. Reconnecting…',
  back: 'Connection is back',
  unreachable: 'Server not reachable. Trying again…',
} as const;

export function ConnectionStatus({ connection }: { connection: Connection }) {
  const refused = connection.state === 'refused';
  return (
    <div className="connection-status" data-state={connection.state}>
      <span role="status" aria-live="polite">
        {refused ? connection.reason : TEXTS[connection.state]}
      </span>
      {refused && (
        <button type="button" className="quiet" onClick={() => chatSession().reconnect()}>
          Reconnect
        </button>
      )}
    </div>
  );
}
