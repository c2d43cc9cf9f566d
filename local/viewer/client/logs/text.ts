import type { VNode } from 'preact';
import { html } from '../html.js';
import { visible } from '../visible.js';
import { ansiSpans, type Span } from './ansi.js';

/** A text as it was logged: colours of terminals as colours, and what cannot be seen as signs. */
export function Text({
  value,
  breaks = 'kept',
}: {
  readonly value: string;
  readonly breaks?: 'kept' | 'shown';
}): VNode {
  return html`<bdi>${ansiSpans(value).map((span) => piece(span, breaks))}</bdi>`;
}

function piece({ text, classes, colour }: Span, breaks: 'kept' | 'shown'): VNode | string {
  const shown = visible(text, breaks);
  if (classes.length === 0 && colour === undefined) return shown;
  return html`<span class=${classes.join(' ')} style=${colour === undefined ? undefined : { color: colour }}
    >${shown}</span
  >`;
}
