import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ServerStatus } from '../answers.js';
import { CallsTab } from './calls/calls-tab.js';
import { html } from './html.js';
import { Feed } from './state/feed.js';
import { EmptyState } from './status/empty-state.js';

const feed = new Feed();

/** The page. */
export function App(): VNode {
  const [status, setStatus] = useState<ServerStatus>();
  useEffect(() => feed.on('status', setStatus), []);
  return html`<main><${EmptyState} status=${status} /><${CallsTab} feed=${feed} /></main>`;
}
