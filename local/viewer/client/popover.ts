import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { classes, html } from './html.js';

export interface PopoverProps {
  /** What the button shows. */
  readonly label: ComponentChildren;
  /** What the button and the panel are called. */
  readonly title: string;
  readonly side?: 'left' | 'right';
  readonly isActive?: boolean;
  readonly onOpen?: () => void;
  /** The panel, made when it opens. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button with a panel below it, which closes by Escape and by a click elsewhere. */
export function Popover({
  label,
  title,
  side = 'left',
  isActive = false,
  onOpen,
  children,
}: PopoverProps): VNode {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const close = (): void => setOpen(false);
  useEffect(() => (isOpen ? closeElsewhere(root.current!, close) : undefined), [isOpen]);
  const toggle = (): void => {
    if (!isOpen) onOpen?.();
    setOpen(!isOpen);
  };
  return html`<div class="popover" ref=${root}>
    <button
      type="button"
      class=${classes('button', isActive && 'is-active')}
      title=${title}
      aria-haspopup="dialog"
      aria-expanded=${isOpen}
      onClick=${toggle}
    >
      <span class="unseen">${title}: </span>${label}
    </button>
    ${isOpen && html`<div class=${`panel panel-${side}`} role="dialog" aria-label=${title}>${children(close)}</div>`}
  </div>`;
}

function closeElsewhere(root: HTMLElement, close: () => void): () => void {
  root.querySelector<HTMLElement>('.panel input, .panel button')?.focus();
  const onPointer = (event: Event): void => {
    if (!root.contains(event.target as Node)) close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
    root.querySelector('button')?.focus();
  };
  document.addEventListener('pointerdown', onPointer);
  root.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('pointerdown', onPointer);
    root.removeEventListener('keydown', onKey);
  };
}
