import type { ChatMessage } from './events';

/** One line of the conversation: what somebody wrote, or what happened. */
export type Entry =
  | (ChatMessage & { kind: 'message'; own: boolean })
  | { kind: 'notice'; id: string; text: string; timestamp: string };

export type Entries = readonly Entry[];

/** How many entries a page keeps; older ones are dropped. */
export const MAX_ENTRIES = 500;

/** A message that is already there, which a recovered connection may deliver again, is left out. */
export function withMessage(entries: Entries, message: ChatMessage, own: boolean): Entries {
  if (entries.some((entry) => entry.kind === 'message' && entry.id === message.id)) return entries;
  const { id, text, username, timestamp } = message;
  return appended(entries, { kind: 'message', id, text, username, timestamp, own });
}

let notices = 0;

export function withNotice(entries: Entries, text: string): Entries {
  notices += 1;
  return appended(entries, {
    kind: 'notice',
    id: `notice-${notices}`,
    text,
    timestamp: new Date().toISOString(),
  });
}

export function withOwnership(entries: Entries, owns: (id: string) => boolean): Entries {
  return entries.map((entry) => {
    if (entry.kind === 'notice') return entry;
    const own = owns(entry.id);
    return own === entry.own ? entry : { ...entry, own };
  });
}

function appended(entries: Entries, entry: Entry): Entries {
  return [...entries, entry].slice(-MAX_ENTRIES);
}
