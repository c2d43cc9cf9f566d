import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import type { Session } from '../state/session.js';

/** Time between two announcements: whoever listens is not to be talked at. */
const PAUSE_MS = 30_000;

/** Tells screen readers what has changed: never a line, and seldom. What stays the same is not said again. */
export function Announcer({ session }: { readonly session: Session }): VNode {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFollowing = session.view.isFollowing;
    const announce = (): void => {
      timer = undefined;
      setText(announcement(session));
    };
    const end = session.view.onChange(() => {
      const isTurned = isFollowing !== session.view.isFollowing;
      isFollowing = session.view.isFollowing;
      if (isTurned) clearTimeout(timer);
      if (isTurned) announce();
      else timer ??= setTimeout(announce, PAUSE_MS);
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, []);
  return html`<p class="unseen" role="status" aria-live="polite">${text}</p>`;
}

function announcement({ view }: Session): string {
  if (view.refusal) return '';
  if (view.isFollowing) return 'Following new events.';
  return view.arrived === 0 ? 'Not following.' : `Not following. ${view.arrived} new events.`;
}
