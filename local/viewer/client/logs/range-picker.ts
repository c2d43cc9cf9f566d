import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { classes, html } from '../html.js';
import { Icon } from '../icon.js';
import { Popover } from '../popover.js';
import type { Session } from '../state/session.js';
import {
  ALL_TIME,
  durationInWords,
  formatDuration,
  parseDuration,
  PRESETS,
  sameRange,
  type Bounds,
  type TimeRange,
} from '../state/time-range.js';
import { clockTime, inputTime, parseInputTime, type Zone } from '../state/time-zone.js';
import { useChanges } from '../state/use-changes.js';

/** Chooses a time range: all, the last minutes, or from one instant to another. */
export function RangePicker({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.preferences);
  const { range } = session.page.state.selection;
  const { zone } = session.preferences.values;
  return html`<${Popover}
    title="Time range"
    side="right"
    isActive=${range.kind !== 'all'}
    label=${html`<${Icon} name="clock" /><span class="clip">${rangeInWords(range, zone)}</span><${Icon} name="caret" />`}
  >
    ${(close: () => void) => html`<${RangePanel} ...${{ session, range, zone, close }} />`}
  <//>`;
}

function rangeInWords(range: TimeRange, zone: Zone): string {
  if (range.kind === 'all') return 'All time';
  if (range.kind === 'last') return `Last ${durationInWords(range.ms)}`;
  const { start, end } = range;
  if (start === undefined) return `Until ${shortTime(end!, zone)}`;
  return end === undefined
    ? `Since ${shortTime(start, zone)}`
    : `${shortTime(start, zone)} – ${shortTime(end, zone)}`;
}

function shortTime(ms: number, zone: Zone): string {
  const { date, time } = clockTime(ms, zone);
  return `${date.slice(5)} ${time.slice(0, 8)}`;
}

interface RangePanelProps {
  readonly session: Session;
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly close: () => void;
}

function RangePanel({ session, range, zone, close }: RangePanelProps): VNode {
  const choose = (chosen: TimeRange): void => {
    session.page.choose({ range: chosen });
    close();
  };
  const option = (label: string, chosen: TimeRange): VNode =>
    html`<button
      type="button"
      class=${classes('button', 'chip', sameRange(range, chosen) && 'is-active')}
      aria-pressed=${sameRange(range, chosen)}
      onClick=${() => choose(chosen)}
    >
      ${label}
    </button>`;
  return html`<div class="ranges">
    <div class="chips" role="group" aria-label="Last">
      ${option('All time', ALL_TIME)}
      ${PRESETS.map((text) => option(text, { kind: 'last', ms: parseDuration(text)! }))}
    </div>
    <${OwnDuration} range=${range} choose=${choose} />
    <${Instants} key=${zone} ...${{ range, zone, choose }} />
    <div class="zone" role="group" aria-label="Time zone">
      ${zoneButton(session, 'local', 'Local time')} ${zoneButton(session, 'utc', 'UTC')}
    </div>
  </div>`;
}

function zoneButton({ preferences }: Session, zone: Zone, label: string): VNode {
  const isOn = preferences.values.zone === zone;
  return html`<button
    type="button"
    class=${classes('button', 'chip', isOn && 'is-active')}
    aria-pressed=${isOn}
    onClick=${() => preferences.set({ zone })}
  >
    ${label}
  </button>`;
}

interface ChoiceProps {
  readonly range: TimeRange;
  readonly choose: (range: TimeRange) => void;
}

function OwnDuration({ range, choose }: ChoiceProps): VNode {
  const [text, setText] = useState(range.kind === 'last' ? formatDuration(range.ms) : '');
  const ms = parseDuration(text);
  const isWrong = text !== '' && ms === undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (ms !== undefined) choose({ kind: 'last', ms });
  };
  return html`<form class="range-row" onSubmit=${submit}>
    <label
      >Last
      <input
        class="short"
        placeholder="90s, 45m, 3d"
        value=${text}
        aria-invalid=${isWrong}
        onInput=${(event: Event) => setText((event.target as HTMLInputElement).value)}
    /></label>
    ${isWrong && html`<span class="muted" role="status">as in 45m</span>`}
    <button class="button" disabled=${ms === undefined}>Show</button>
  </form>`;
}

function Instants({ range, zone, choose }: ChoiceProps & { readonly zone: Zone }): VNode {
  const now: Bounds = range.kind === 'between' ? range : {};
  const [from, setFrom] = useState(now.start === undefined ? '' : inputTime(now.start, zone));
  const [to, setTo] = useState(now.end === undefined ? '' : inputTime(now.end, zone));
  const [start, end] = [parseInputTime(from, zone), parseInputTime(to, zone)];
  const isEmpty = start === undefined && end === undefined;
  const isTurned = start !== undefined && end !== undefined && start >= end;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isEmpty && !isTurned) choose({ kind: 'between', start, end });
  };
  return html`<form class="range-instants" onSubmit=${submit}>
    ${instant('From', from, setFrom)} ${instant('To', to, setTo)}
    <div class="range-row">
      <span class="muted"
        >${isTurned ? 'It would end before it begins.' : zone === 'utc' ? 'Times in UTC' : 'Local times'}</span
      >
      <button class="button" disabled=${isEmpty || isTurned}>Show</button>
    </div>
  </form>`;
}

function instant(label: string, value: string, set: (text: string) => void): VNode {
  return html`<label class="instant"
    ><span>${label}</span>
    <input
      type="datetime-local"
      step="0.001"
      value=${value}
      onInput=${(event: Event) => set((event.target as HTMLInputElement).value)}
  /></label>`;
}
