import { memo, type CSSProperties } from 'react';
import { hueOf, initialsOf } from './names';

/** A person's initials on a colour of their own. The initials are decoration and no part of the page's text. */
export const Avatar = memo(function Avatar({ name }: { name: string }) {
  const style = { '--hue': hueOf(name) } as CSSProperties;
  return <span className="avatar" style={style} data-initials={initialsOf(name)} aria-hidden="true" />;
});
