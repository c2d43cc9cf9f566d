import type { VNode } from 'preact';
import type { ServerStatus } from '../../answers.js';
import { html } from '../html.js';

/** What stands in place of the list while the server has no event. */
export function EmptyState({ status }: { readonly status: ServerStatus | undefined }): VNode {
  return html`<p>${status ? `${status.calls} calls` : 'No status yet'}</p>`;
}
