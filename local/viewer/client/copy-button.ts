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
  const [outcome, setOutcome] = useState<string>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => setOutcome((await copyText(text())) ? 'Copied' : 'Not allowed');
  return html`<button
    type="button"
    class=${name}
    title=${title}
    aria-label=${title}
    onClick=${() => void copy()}
  >
    <span aria-live="polite">${outcome ?? label}</span>
  </button>`;
}

/** Returns whether the browser allows it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** The old way: browsers have a clipboard for pages of this machine only, and may be told to refuse it. */
function copySelected(text: string): boolean {
  const area = document.body.appendChild(document.createElement('textarea'));
  area.value = text;
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}
