import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Entry } from '../chat/entries';

/** How far above the end, in pixels, still counts as being at the end. */
const NEAR_END = 48;

/**
 * Keeps the end of a scrolled list in view, unless the reader has scrolled up; then `unseen` tells that
 * something has come since. What the reader writes brings them back to the end.
 */
export function useNewestInView(newest: Entry | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [unseen, setUnseen] = useState(false);

  const showNewest = useCallback(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setUnseen(false);
  }, []);

  const onScroll = useCallback(() => {
    const element = list.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END;
    if (atEnd.current) setUnseen(false);
  }, []);

  const newestId = newest?.id;
  const written = newest?.kind === 'message' && newest.own;
  useLayoutEffect(() => {
    if (newestId === undefined) return;
    if (atEnd.current || written) showNewest();
    else setUnseen(true);
  }, [newestId, written, showNewest]);

  // A phone's keyboard or a turned screen changes the height without a new entry.
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) showNewest();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [showNewest]);

  return { list, onScroll, unseen, showNewest };
}
