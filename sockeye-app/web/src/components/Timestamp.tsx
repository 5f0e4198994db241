import { fullTime, shortTime } from './times';

/** A moment in the reader's own time zone. */
export function Timestamp({ iso }: { iso: string }) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return <span className="timestamp" />;
  return (
    <time className="timestamp" dateTime={iso} title={fullTime(moment)}>
      {shortTime(moment, new Date())}
    </time>
  );
}
