import { invalidParameter, ServiceError } from '../service-error.js';
import { brokenConstraint, constraintsBroken, NOT_NULL, type Violation } from './constraints.js';
import { isMap, type JsonMap } from './json.js';
import { INPUTS } from './model.generated.js';
import { type InputOf, type OperationName, membersOf, type Shape, shapeNamed } from './shapes.js';

/** What an operation makes of the members of its input. */
export interface MemberUse<Member extends string = string> {
  /** Members that have their effect. A member of the API that is not here is refused by name. */
  readonly honours: readonly Member[];
  /** Members without an effect at the service, too. */
  readonly ignores?: readonly Member[] | undefined;
  /** Members of any form: the operation itself judges them. */
  readonly judges?: readonly Member[] | undefined;
}

/**
 * Reads the body of a call by the API model. Takes JSON `null` for an absent member, and leaves out what the API does not have.
 *
 * @throws ServiceError for a wrong type, a broken constraint, or a member that this server does not implement
 */
export function readInput<Operation extends OperationName>(
  operation: Operation,
  body: JsonMap,
  use: MemberUse,
): InputOf<Operation> {
  const violations: Violation[] = [];
  const { judges = [] } = use;
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !judges.includes(name)));
  const input = readStructure(shapeNamed(INPUTS[operation]), kept, violations);
  if (violations.length > 0) throw constraintsBroken(violations);
  checkImplemented(operation, input, use);
  const judged = judges.map((name) => [name, body[name] ?? undefined] as const);
  return { ...input, ...Object.fromEntries(judged) } as InputOf<Operation>;
}

/** `false` asks for nothing. */
function checkImplemented(operation: string, input: JsonMap, { honours, ignores = [] }: MemberUse): void {
  for (const [name, value] of Object.entries(input)) {
    if (honours.includes(name) || ignores.includes(name) || value === false) continue;
    throw invalidParameter(
      `This local server does not implement the member '${name}' of ${operation}. It has: ${honours.join(', ')}.`,
    );
  }
}

/**
 * Violations in a part of the input get the part's name in front on the way out: most calls have none. A part of a list has its index
 * for a name.
 */
function readPart(name: string | number, shape: Shape, value: unknown, violations: Violation[]): unknown {
  const before = violations.length;
  const part = read(shape, value, violations);
  for (let index = before; index < violations.length; index++)
    violations[index]!.path.unshift(typeof name === 'number' ? `${name + 1}.member` : name);
  return part;
}

function read(shape: Shape, value: unknown, violations: Violation[]): unknown {
  checkType(shape.type, value);
  const constraint = brokenConstraint(shape, value);
  if (constraint !== undefined) violations.push({ value, path: [], constraint });
  if (shape.type === 'list') return readList(shape, value as readonly unknown[], violations);
  if (shape.type === 'map') return readMap(shape, value as JsonMap, violations);
  return shape.type === 'structure' ? readStructure(shape, value as JsonMap, violations) : value;
}

/** Copies only what has to lose a member, or has a part that was copied: a call has up to 10,000 structures. */
function readStructure(shape: Shape, value: JsonMap, violations: Violation[]): JsonMap {
  let structure = value;
  let given = 0;
  for (const { name, shape: of, isRequired } of membersOf(shape)) {
    const member = value[name] ?? undefined;
    if (member === undefined) {
      if (isRequired) violations.push({ value: null, path: [name], constraint: NOT_NULL });
      continue;
    }
    given += 1;
    const part = readPart(name, of, member, violations);
    if (part !== member) structure = { ...structure, [name]: part };
  }
  return given === Object.keys(value).length ? structure : withoutOthers(shape, structure);
}

/** Leaves out what the API does not have, and `null`. */
function withoutOthers(shape: Shape, value: JsonMap): JsonMap {
  const names = membersOf(shape).map(({ name }) => name);
  return Object.fromEntries(
    names.filter((name) => (value[name] ?? undefined) !== undefined).map((name) => [name, value[name]]),
  );
}

function readList(shape: Shape, items: readonly unknown[], violations: Violation[]): unknown[] {
  const item = shapeNamed(shape.member!);
  return items.map((each, index) => readPart(index, item, each, violations));
}

/** That a refusal shows the key of a map in the path is assumed. */
function readMap(shape: Shape, map: JsonMap, violations: Violation[]): JsonMap {
  const [keys, values] = [shapeNamed(shape.key!), shapeNamed(shape.value!)];
  const entries = Object.entries(map).map(([key, value]) => {
    const constraint = brokenConstraint(keys, key);
    if (constraint !== undefined) violations.push({ value: key, path: ['key'], constraint });
    return [key, readPart(`${key}.value`, values, value, violations)] as const;
  });
  return Object.fromEntries(entries);
}

/** The names of types in the service's refusals. */
const TYPE_NAMES: Readonly<Record<Shape['type'], string>> = {
  string: 'String',
  integer: 'Long',
  double: 'Double',
  boolean: 'Boolean',
  list: 'List',
  map: 'Map',
  structure: 'Structure',
};

/** Refuses a value of a wrong JSON type, which the service does before it looks at constraints. The text is assumed. */
function checkType(type: Shape['type'], value: unknown): void {
  if (isOfType(type, value)) return;
  const kind = value === null ? 'NULL' : Array.isArray(value) ? 'LIST' : isMap(value) ? 'MAP' : typeof value;
  throw new ServiceError(
    'SerializationException',
    `${kind.toUpperCase()}_VALUE can not be converted to ${TYPE_NAMES[type]}`,
  );
}

function isOfType(type: Shape['type'], value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  // `1e400` in JSON is a number, and more than a double can be.
  if (type === 'double') return Number.isFinite(value);
  if (type === 'list') return Array.isArray(value);
  return type === 'map' || type === 'structure' ? isMap(value) : typeof value === type;
}
