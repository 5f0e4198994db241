const KNOWN = ['polling', 'websocket'];

/** Reads `?transport=polling` or `?transport=websocket`; anything else leaves the client its default transports. */
export function transportsIn(search: string): { transports?: string[] } {
  const wanted = new URLSearchParams(search).get('transport');
  return wanted !== null && KNOWN.includes(wanted) ? { transports: [wanted] } : {};
}
