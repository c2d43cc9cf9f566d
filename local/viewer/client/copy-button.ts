import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';

const SHOWN_MS = 1_500;

export interface CopyButtonProps {
  readonly label: string;
  /** Says what is copied, where the label alone does not. */
  readonly title?: string;
  readonly text: () => string;
  readonly class?: string;
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, title = label, text, class: name = 'button' }: CopyButtonProps): VNode {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => void copyText(text()).then(() => setCopied(true));
  return html`<button type="button" class=${name} title=${title} aria-label=${title} onClick=${copy}>
    <span aria-live="polite">${isCopied ? 'Copied' : label}</span>
  </button>`;
}

/** Browsers have a clipboard for pages of this machine only; where the server is reached by another name, there is the old way. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return await navigator.clipboard.writeText(text);
  const area = document.body.appendChild(document.createElement('textarea'));
  area.value = text;
  area.select();
  document.execCommand('copy');
  area.remove();
}
