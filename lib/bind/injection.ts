import { Annotations, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Place, Variables } from './place.js';

/** A variable that a logging construct wrote, and the path of that construct. */
interface Written {
  readonly value: string;
  readonly by: string;
}

/**
 * Key of the record on the bound construct itself. Logging constructs share it, also those of several copies of this
 * package.
 */
const WRITTEN = Symbol.for('fapilog-cloudwatch.written');

function writtenOn(memory: object): Map<string, Written> {
  const holder: { [WRITTEN]?: Map<string, Written> } = memory;
  if (!holder[WRITTEN]) Object.defineProperty(holder, WRITTEN, { value: new Map<string, Written>() });
  return holder[WRITTEN]!;
}

function writtenIn({ construct, memory = construct }: Place): Map<string, Written> {
  return writtenOn(memory);
}

/** Path of the logging construct whose variables a construct has; `undefined` if it has none. */
export function boundTo(construct: IConstruct): string | undefined {
  const [first] = writtenOn(construct).values();
  return first?.by;
}

/** Whether a logging construct has written variables in a place. */
export function hasWritten(place: Place): boolean {
  return writtenIn(place).size > 0;
}

/** The changes that would set variables in a place. */
export interface Injection {
  readonly place: Place;
  readonly missing: Readonly<Record<string, string>>;
  readonly overridden: readonly string[];
}

/**
 * Compares variables with those of a place. Changes nothing.
 *
 * @param by path of the logging construct that the variables come from
 * @throws Error if a logging construct has given a variable another value: none is overwritten silently
 */
export function planInjection(
  place: Place,
  variables: Readonly<Record<string, string>>,
  by: string,
): Injection {
  const { construct } = place;
  const written = writtenIn(place);
  const present = place.read() ?? {};
  const text = (value: unknown): string => comparable(construct, value);
  const missing: Record<string, string> = {};
  const overridden: string[] = [];
  for (const [name, value] of Object.entries(variables)) {
    const ours = written.get(name);
    if (ours) {
      if (text(ours.value) !== text(value)) throw conflict(construct, name, ours, { value, by });
    } else if (Object.hasOwn(present, name) && text(present[name]) !== text(value)) overridden.push(name);
    else missing[name] = value;
  }
  return { place, missing, overridden };
}

/** Writes the missing variables. A value of the user's own stays, and a warning reports it. */
export function inject({ place, missing, overridden }: Injection, by: string): void {
  const written = writtenIn(place);
  place.write(missing);
  for (const [name, value] of Object.entries(missing)) written.set(name, { value, by });
  for (const name of overridden) warnOfOwnValue(place.construct, name, by);
}

/**
 * Warns of variables that were changed or removed after a logging construct wrote them. Skips places that cannot be
 * read.
 */
export function reviewInjection(place: Place): void {
  const { construct } = place;
  const present = place.read();
  if (!present) return;
  const written = writtenIn(place);
  const gone = [...written.keys()].filter((name) => !Object.hasOwn(present, name));
  for (const [name, { value, by }] of written) {
    const isOther = comparable(construct, present[name]) !== comparable(construct, value);
    if (isOther && !gone.includes(name)) warnOfOwnValue(construct, name, by);
  }
  if (gone.length > 0) warnOfLoss(construct, gone);
}

/** Reports written variables that are also secrets of the container: ECS refuses a name that is both. */
export function secretProblems(place: Place): string[] {
  const written = writtenIn(place);
  const names = (place.secrets?.() ?? []).filter((name) => written.has(name));
  return names.map(
    (name) =>
      `${place.construct.node.path}: ${name} is a secret and a variable of ${written.get(name)!.by}; ` +
      'allowed: one of the two. Add the secret before the container is bound, or bind it without this value',
  );
}

/** The variables that logging constructs wrote. */
export function writtenVariables(construct: IConstruct): Variables {
  const entries = [...writtenOn(construct)].map(([name, { value }]) => [name, value] as const);
  return Stack.of(construct).resolve(Object.fromEntries(entries)) as Variables;
}

function comparable(construct: IConstruct, value: unknown): string {
  return JSON.stringify(Stack.of(construct).resolve(value)) ?? '';
}

function conflict(construct: IConstruct, name: string, ours: Written, theirs: Written): Error {
  const shown = (value: string): string => JSON.stringify(Stack.of(construct).resolve(value));
  return new Error(
    `${construct.node.path}: cannot set ${name} to ${shown(theirs.value)} for ${theirs.by}, ` +
      `because ${ours.by} has set it to ${shown(ours.value)}; bind it once, with all its options`,
  );
}

function warnOfOwnValue(construct: IConstruct, name: string, by: string): void {
  Annotations.of(construct).addWarningV2(
    `fapilog-cloudwatch:ownValue:${name}`,
    `${name} keeps the value that the user has set here, and not the one of ${by}; ` +
      'remove it here, or set it in the construct',
  );
}

function warnOfLoss(construct: IConstruct, names: readonly string[]): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:variablesGone',
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} no longer set here, as on Lambda@Edge, ` +
      'which has no variables; give the sink its settings in code',
  );
}
