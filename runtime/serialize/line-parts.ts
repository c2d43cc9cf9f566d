import { pathBytes } from './json-sizes.js';
import type { Measured, Taken } from './measured.js';
import { MARK_BYTES, sum } from './shares.js';

type Path = readonly string[];

/** A value that is taken out of its object, to be kept or shortened by itself. */
export interface Leaf extends Taken {
  readonly path: Path;
  /** Bytes of names and braces around the value. */
  readonly overhead: number;
}

/** The parts of a line, by the order in which they are shortened: the last first. */
export interface LineParts {
  /** Not shortened. */
  readonly kept: readonly Leaf[];
  /** Shortened after the rest. */
  readonly essential: readonly Leaf[];
  readonly rest: Measured;
  /** Preserved members without room. */
  readonly lost: readonly Leaf[];
}

/** Members of every line; `time` is the timestamp of other loggers. */
const FIXED = [['timestamp'], ['time'], ['level']];

const MESSAGE = [['message'], ['msg']];
const IDENTITY = [['service'], ['requestId'], ['traceId']];
const CAUSE = ['type', 'message'];
const ERROR = [...CAUSE, 'code', 'stack'];

/** Preserved members leave at least this room to the message: that of a mark. */
const MESSAGE_BYTES = pathBytes(['message']) + MARK_BYTES;

/** Divides a line into its parts. If the preserved members have no room together, those at the end of the list are lost. */
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

/** Bytes of a leaf with the names and braces around it. */
export function bytesOf({ bytes, overhead }: Leaf): number {
  return bytes + overhead;
}

/** The name of a leaf in `truncatedFields`: at most two levels. */
export function nameOf({ path }: Leaf): string {
  return path.slice(0, 2).join('.');
}

/** Whether a leaf holds something that is nested too deeply. */
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
