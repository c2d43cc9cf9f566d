import type { VNode } from 'preact';
import { html } from '../html.js';
import type { Feed } from '../state/feed.js';

/** The calls that the server has answered. */
export function CallsTab(_props: { readonly feed: Feed }): VNode {
  return html`<p>Calls</p>`;
}
