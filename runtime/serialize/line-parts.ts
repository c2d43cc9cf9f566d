import { pathBytes } from './json-sizes.js';
import type { Measured, Taken } from './measured.js';
import { MARK_BYTES, sum } from './shares.js';

type Path = readonly string[];

/** A value of a line that does not stand or fall with the object that it is in. */
export interface Leaf extends Taken {
  readonly path: Path;
  /** Bytes of names and braces around the value. */
  readonly overhead: number;
}

/** What a line consists of, by what leaves last. */
export interface LineParts {
  /** Stays whole. */
  readonly kept: readonly Leaf[];
  /** Shrinks after the rest. */
  readonly essential: readonly Leaf[];
  readonly rest: Measured;
  /** Was to stay whole, and has no room. */
  readonly lost: readonly Leaf[];
}

/** The same in every line; `time` is that of other loggers. */
const FIXED = [['timestamp'], ['time'], ['level']];

const MESSAGE = [['message'], ['msg']];
const IDENTITY = [['service'], ['requestId'], ['traceId']];
const CAUSE = ['type', 'message'];
const ERROR = [...CAUSE, 'code', 'stack'];

/** Room that preserved members leave to the message: that of a mark. */
const MESSAGE_BYTES = pathBytes(['message']) + MARK_BYTES;

/** Takes a line apart. Preserved members that have no room together leave from the end of their list. */
export function lineParts(line: Measured, preserved: readonly string[], room: number): LineParts {
  const fixed = fitting(leavesOf(line, FIXED), room);
  const paths = preserved.map((path) => path.split('.'));
  const whole = fitting(leavesOf(line, paths), room - sum(fixed.kept.map(bytesOf)) - MESSAGE_BYTES);
  return {
    kept: [...fixed.kept, ...whole.kept],
    essential: leavesOf(line, essentialPaths(line)),
    rest: line,
    lost: [...fixed.lost, ...whole.lost],
  };
}

/** Bytes of a leaf with all that is around it. */
export function bytesOf({ bytes, overhead }: Leaf): number {
  return bytes + overhead;
}

/** A leaf as the line names it: at two levels. */
export function nameOf({ path }: Leaf): string {
  return path.slice(0, 2).join('.');
}

/** Whether something in a leaf is nested too deeply. */
export function isDeep({ inner }: Leaf): boolean {
  return inner?.isDeepWithin === true;
}

function leavesOf(line: Measured, paths: readonly Path[]): Leaf[] {
  return paths.flatMap((path) => {
    const taken = line.take(path);
    return taken ? [{ ...taken, path, overhead: pathBytes(path) }] : [];
  });
}

function fitting(leaves: readonly Leaf[], room: number): Pick<LineParts, 'kept' | 'lost'> {
  let left = room;
  const end = leaves.findIndex((leaf) => (left -= bytesOf(leaf)) < 0);
  return end < 0 ? { kept: leaves, lost: [] } : { kept: leaves.slice(0, end), lost: leaves.slice(end) };
}

function essentialPaths(line: Measured): Path[] {
  const error = ['error', 'err'].find((name) => line.names?.includes(name));
  return [...MESSAGE, ...(error === undefined ? [] : errorPaths(line, error)), ...IDENTITY];
}

function errorPaths(line: Measured, name: string): Path[] {
  const error = line.innerOf(name);
  if (!error?.names) return [[name]];
  const cause = error.innerOf('cause')?.names ? CAUSE.map((each) => ['cause', each]) : [['cause']];
  return [...ERROR.map((each) => [each]), ...cause].map((path) => [name, ...path]);
}
