import type { VNode } from 'preact';
import { html } from './html.js';

const PATHS = {
  down: 'M8 3v9M4 8.5 8 12.5l4-4',
  play: 'M5 3.5v9l7-4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  clear: 'M3 13h10M5 10 11 4M5 4l6 6',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5 14 14',
  caret: 'M4.5 6.5 8 10l3.5-3.5',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  panel: 'M2.5 3.5h11v9h-11zM6.5 3.5v9',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  auto: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 2v12',
  layers: 'M8 2.5 14 6 8 9.5 2 6zM2.5 9.5 8 12.5l5.5-3',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.8v3M8 11.6v.2',
  saved: 'M4.5 2.5h7v11L8 10.5l-3.5 3z',
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words, which screen readers pass over. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
