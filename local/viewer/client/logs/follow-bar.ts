import type { VNode } from 'preact';
import { classes, html } from '../html.js';
import { Icon } from '../icon.js';
import type { Session } from '../state/session.js';
import { isOpenEnded } from '../state/time-range.js';
import { useChanges } from '../state/use-changes.js';
import { clearFromHere, toggleFollowing } from './actions.js';

/** Says how many events there are and whether the list follows new ones. */
export function FollowBar({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.view);
  const { view, status } = session;
  return html`<footer class="follow-bar">
    <span class="total">${totalText(session)}</span>
    ${view.isUnreachable && html`<span class="notice"><${Icon} name="warning" /> The server does not answer.</span>`}
    ${!view.isLoaded && !view.refusal && !view.isUnreachable && html`<span class="muted">loading…</span>`}
    ${
      status &&
      status.evicted > 0 &&
      html`<span class="notice">
        <${Icon} name="warning" /> The store was full: ${goneText(status.evicted)}.
      </span>`
    }
    <span class="gap"></span>
    <button
      type="button"
      class="button"
      title="Hide what is here now (c)"
      onClick=${() => clearFromHere(session)}
    >
      <${Icon} name="clear" /> Clear
    </button>
    <button
      type="button"
      class=${classes('button', view.isFollowing && 'is-active')}
      aria-pressed=${view.isFollowing}
      title=${view.isFollowing ? 'Stop following (f)' : 'Follow new events (f)'}
      onClick=${() => toggleFollowing(session)}
    >
      <${Icon} name=${view.isFollowing ? 'pause' : 'play'} /> ${followText(session)}
    </button>
  </footer>`;
}

function totalText({ view: { buffer } }: Session): string {
  const count = `${buffer.total.toLocaleString('en')} event${buffer.total === 1 ? '' : 's'}`;
  return buffer.isTotalLeast ? `at least ${count}` : count;
}

function goneText(events: number): string {
  return events === 1
    ? 'the oldest event is gone'
    : `the oldest ${events.toLocaleString('en')} events are gone`;
}

function followText({ view, page }: Session): string {
  if (!view.isFollowing) return 'Resume';
  return isOpenEnded(page.state.selection.range, Date.now()) ? 'Following' : 'At the end';
}

/** Over the list while it does not follow: what has come since. */
export function NewEvents({ session }: { readonly session: Session }): VNode | false {
  useChanges(session.view);
  const { isFollowing, arrived } = session.view;
  return (
    !isFollowing &&
    arrived > 0 &&
    html`<button type="button" class="new-events" onClick=${() => toggleFollowing(session)}>
      ${arrived.toLocaleString('en')} new <${Icon} name="down" />
    </button>`
  );
}
