import type { Session } from '../state/session.js';
import { clearFromHere, toggleFollowing } from './actions.js';

/** Acts on keys, unless one types or uses something else. `openDetails` shows or closes the details of the selected event. */
export function listenToKeys(session: Session, openDetails: (isOpen: boolean) => void): () => void {
  const act: Readonly<Record<string, () => void>> = {
    '/': () => focusFilter(),
    j: () => session.view.move(1),
    k: () => session.view.move(-1),
    f: () => toggleFollowing(session),
    c: () => clearFromHere(session),
    Escape: () => openDetails(false),
  };
  const inList: Readonly<Record<string, () => void>> = {
    Enter: () => {
      if (!session.view.selected) session.view.move(0);
      openDetails(true);
    },
    ArrowDown: () => session.view.move(1),
    ArrowUp: () => session.view.move(-1),
  };
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(target)) return leaveFilter(event, target);
    const action = act[event.key] ?? (isInList(target) ? inList[event.key] : undefined);
    if (!action || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function isTyping(target: HTMLElement): boolean {
  return target.matches('input:not([type=checkbox]), textarea, select');
}

/** Whether the focus is on the list, or on nothing. */
function isInList(target: HTMLElement): boolean {
  return target === document.body || target.classList.contains('list');
}

function focusFilter(): void {
  const input = document.querySelector<HTMLInputElement>('#filter');
  input?.focus();
  input?.select();
}

/** Escape leads from the filter to the list, where the other keys are. */
function leaveFilter({ key }: KeyboardEvent, target: HTMLElement): void {
  if (key === 'Escape' && target.id === 'filter') document.querySelector<HTMLElement>('.list')?.focus();
}
