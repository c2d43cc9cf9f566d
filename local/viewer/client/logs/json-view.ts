import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { visible } from '../visible.js';
import { jsonText } from '../../../lines/json-text.js';
import { sizeInWords } from './line.js';

/** Characters that are shown before one asks for more. */
const FOLD = 20_000;

/** A text of which the rest is shown only if one asks for it, because a browser is slow with a megabyte in one line. */
export function FoldedText({ value }: { readonly value: string }): VNode {
  const [shown, setShown] = useState(FOLD);
  const rest = value.length - shown;
  return html`<bdi>${visible(value.slice(0, shown), 'kept')}</bdi>${
      rest > 0 &&
      html`<button type="button" class="link" onClick=${() => setShown(shown + 10 * FOLD)}>
        … show more (${sizeInWords(rest)})
      </button>`
    }`;
}

// A name, a text, a number or a word of JSON that is spread over lines.
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A value as JSON over several lines, in colours. */
export function JsonView({ value }: { readonly value: unknown }): VNode {
  const text = jsonText(value, 2);
  if (text.length > FOLD) return html`<pre class="json"><${FoldedText} value=${text} /></pre>`;
  return html`<pre class="json"><bdi>${pieces(text)}</bdi></pre>`;
}

function pieces(text: string): (VNode | string)[] {
  const result: (VNode | string)[] = [];
  let start = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon, number] = match;
    result.push(
      text.slice(start, match.index),
      html`<span class=${kindOf(string, colon, number)}>${visible(token, 'kept')}</span>`,
    );
    start = match.index + token.length;
  }
  return [...result, text.slice(start)];
}

function kindOf(string?: string, colon?: string, number?: string): string {
  if (string !== undefined) return colon === undefined ? 'json-string' : 'json-name';
  return number === undefined ? 'json-word' : 'json-number';
}
