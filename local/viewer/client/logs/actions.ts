import type { Session } from '../state/session.js';

/** Stops following, or goes to the newest event and follows. */
export function toggleFollowing({ view, page }: Session): void {
  if (view.isFollowing) view.pause();
  else if (page.state.focus) page.go({});
  else void view.follow();
}

/** Hides the events that are there now. */
export function clearFromHere({ view, page }: Session): void {
  const last = view.buffer.hasLater ? undefined : view.buffer.rows.at(-1);
  const start = last ? last.timestamp + 1 : Date.now();
  page.choose({ range: { kind: 'between', start } });
}
