import type { VNode } from 'preact';
import { html } from './html.js';
import { visible } from './visible.js';

/** A name or a value that has no look of its own. */
export function PlainText({ value }: { readonly value: string }): VNode {
  return html`<bdi>${visible(value, 'shown')}</bdi>`;
}
