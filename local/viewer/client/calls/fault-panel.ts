import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { useChanges } from '../state/use-changes.js';
import { FAULTS, FaultSwitches } from './fault-switches.js';

const PROBABILITIES = [0.05, 0.2, 0.5, 1];
const DELAYS_MS = [200, 1_000, 5_000, 30_000];
const OPERATIONS = [
  ['PutLogEvents', 'PutLogEvents'],
  ['CreateLogStream', 'CreateLogStream'],
  ['CreateLogGroup', 'CreateLogGroup'],
  ['*', 'all calls'],
] as const;

/** Switches for faults, by which one sees how a program takes a bad day of the service. */
export function FaultPanel(): VNode {
  const [switches] = useState(() => new FaultSwitches());
  useChanges(switches);
  useEffect(() => void switches.load(), [switches]);
  return html`<fieldset class="faults">
    <legend>Faults</legend>
    <div class="chips">${FAULTS.map((fault) => chip(switches, fault))}</div>
    <div class="fault-scope">${scope(switches)}</div>
    ${switches.error !== '' && html`<p class="call-error" role="alert">${switches.error}</p>`}
  </fieldset>`;
}

function chip(switches: FaultSwitches, { kind, label, meaning }: (typeof FAULTS)[number]): VNode {
  return html`<button
    key=${kind}
    type="button"
    class="button fault"
    title=${meaning}
    aria-pressed=${switches.isOn(kind)}
    onClick=${() => void switches.toggle(kind)}
  >
    ${label}
  </button>`;
}

function scope(switches: FaultSwitches): VNode {
  const { operation, probability, delayMs } = switches.scope;
  const shares = PROBABILITIES.map((share): Option => [String(share), `${share * 100} %`]);
  const delays = DELAYS_MS.map((ms): Option => [String(ms), ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`]);
  return html`<${Choice}
      ...${{ label: 'Share', name: 'Share of the calls', chosen: String(probability), options: shares }}
      choose=${(value: string) => switches.setScope({ probability: Number(value) })}
    />
    <${Choice}
      ...${{ label: 'of', name: 'Which calls', chosen: operation, options: OPERATIONS }}
      choose=${(value: string) => switches.setScope({ operation: value })}
    />
    <${Choice}
      ...${{ label: 'Delay', name: 'Length of a delay', chosen: String(delayMs), options: delays }}
      choose=${(value: string) => switches.setScope({ delayMs: Number(value) })}
    />
    ${switches.areAnyOn && html`<button type="button" class="link" onClick=${() => void switches.clear()}>All off</button>`}`;
}

type Option = readonly [value: string, label: string];

interface ChoiceProps {
  readonly label: string;
  /** What a screen reader calls it. */
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly Option[];
  readonly choose: (value: string) => unknown;
}

/** Has what is chosen even if it is none of the usual ones. */
function Choice({ label, name, chosen, options, choose }: ChoiceProps): VNode {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen] as const];
  return html`<label class="fault-choice">
    <span class="muted">${label}</span>
    <select
      aria-label=${name}
      value=${chosen}
      onChange=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${all.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select>
  </label>`;
}
