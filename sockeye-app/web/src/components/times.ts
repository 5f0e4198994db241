const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** The time of day, with the date unless it is today's. */
export function shortTime(moment: Date, now: Date): string {
  const today = moment.toDateString() === now.toDateString();
  return (today ? timeOfDay : dayAndTime).format(moment);
}

export function fullTime(moment: Date): string {
  return full.format(moment);
}
