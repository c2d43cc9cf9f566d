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
  const copy = (): void => void navigator.clipboard.writeText(text()).then(() => setCopied(true));
  return html`<button type="button" class=${name} title=${title} aria-label=${title} onClick=${copy}>
    <span aria-live="polite">${isCopied ? 'Copied' : label}</span>
  </button>`;
}
