import { pathBytes } from './json-sizes.js';
import { EMF_MEMBER } from './embedded-metric.js';
import { isObject, type Part, partOf, sizeOf } from './part.js';
import { MARK_BYTES } from './shares.js';
import { bare } from './shrunk-value.js';

type Path = readonly string[];
type Members = Readonly<Record<string, unknown>>;

/** The parts of a line. The last are shortened first. */
export interface LineParts {
  /** Stay whole. Preserved members without room are in no list. */
  readonly kept: readonly Part[];
  /** Are shortened after the rest. */
  readonly essential: readonly Part[];
  readonly rest: readonly Part[];
}

/** Members that say how a line was shortened. Others of these names give way. */
export const OWN_MEMBERS = ['truncatedFromBytes', 'truncatedFields'];

/** Members of every line; `time` is the timestamp of other loggers. */
const FIXED = [['timestamp'], ['time'], ['level']];

const MESSAGE = [['message'], ['msg']];
const IDENTITY = [['service'], ['requestId'], ['traceId'], ['trace_id']];
const CAUSE = ['type', 'message'];
const ERROR = [...CAUSE, 'code', 'stack'];

/** Preserved members leave at least this room to the message: that of a mark. */
const MESSAGE_BYTES = pathBytes(['message']) + MARK_BYTES;

/** Divides a line into its parts. If the preserved members have no room together, those at the end of the list are left out. */
export function lineParts(line: Members, preserved: readonly string[], room: number): LineParts {
  const rest = Object.assign(bare(), line);
  for (const own of OWN_MEMBERS) delete rest[own];
  const fixed = fitting(partsAt(rest, [...FIXED, ...embeddedPaths(line)]), room);
  const paths = preserved.map((path) => path.split('.'));
  const whole = fitting(partsAt(rest, paths), room - sizeOf(fixed) - MESSAGE_BYTES);
  const essential = partsAt(rest, essentialPaths(rest));
  return { kept: [...fixed, ...whole], essential, rest: partOf(rest).members! };
}

/** A metric of the embedded format, whoever wrote the line, is one only with all that its directives name. */
function embeddedPaths(line: Members): Path[] {
  const embedded = line[EMF_MEMBER];
  const directives = isObject(embedded) ? embedded['CloudWatchMetrics'] : undefined;
  if (!Array.isArray(directives)) return [];
  const names = directives
    .filter(isObject)
    .flatMap(({ Metrics, Dimensions }) => [
      ...listOf(Metrics).map((metric) => (isObject(metric) ? metric['Name'] : undefined)),
      ...listOf(Dimensions).flatMap(listOf),
    ]);
  return [EMF_MEMBER, ...new Set(names.filter((name) => typeof name === 'string'))].map((name) => [name]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Takes the values at these paths out of an object. */
function partsAt(members: Record<string, unknown>, paths: readonly Path[]): Part[] {
  return paths.flatMap((path) => {
    const value = take(members, path);
    return value === undefined ? [] : [partOf(value, path)];
  });
}

/** Copies the objects on the path, and removes those that become empty. */
function take(members: Record<string, unknown>, [name = '', ...deeper]: Path): unknown {
  const value = members[name];
  const inner = deeper.length > 0 && isObject(value) ? Object.assign(bare(), value) : {};
  const taken = deeper.length > 0 ? take(inner, deeper) : value;
  if (taken === undefined) return undefined;
  if (Object.keys(inner).length > 0) members[name] = inner;
  else delete members[name];
  return taken;
}

function fitting(parts: readonly Part[], room: number): readonly Part[] {
  let left = room;
  const end = parts.findIndex(({ size }) => (left -= size) < 0);
  return end < 0 ? parts : parts.slice(0, end);
}

function essentialPaths(line: Members): Path[] {
  const error = ['error', 'err'].find((name) => line[name] !== undefined);
  return [...MESSAGE, ...(error === undefined ? [] : errorPaths(line[error], error)), ...IDENTITY];
}

function errorPaths(error: unknown, name: string): Path[] {
  if (!isObject(error)) return [[name]];
  const cause = isObject(error['cause']) ? CAUSE.map((each) => ['cause', each]) : [['cause']];
  return [...ERROR.map((each) => [each]), ...cause].map((path) => [name, ...path]);
}
