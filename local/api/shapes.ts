import { type INPUTS, SHAPES } from './model.generated.js';

/** A shape of the service's API model: a type with its constraints. Others are named by it. */
export interface Shape {
  readonly type: 'string' | 'integer' | 'double' | 'boolean' | 'list' | 'map' | 'structure';
  readonly required?: readonly string[];
  /** Name of a member of a structure → name of its shape. */
  readonly members?: Readonly<Record<string, string>>;
  /** Shape of the items of a list. */
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  /** Least length of a string, a list or a map; least value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Covers the whole text. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** @throws Error if the table has no such shape */
export function shapeNamed(name: string): Shape {
  const shape = (SHAPES as Readonly<Record<string, Shape>>)[name];
  if (shape === undefined) throw new Error(`The API model has no shape ${name}.`);
  return shape;
}

/** A member of a structure. */
interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

const members = new Map<Shape, readonly Member[]>();

export function membersOf(structure: Shape): readonly Member[] {
  const known = members.get(structure) ?? findMembers(structure);
  members.set(structure, known);
  return known;
}

function findMembers({ members: names = {}, required = [] }: Shape): Member[] {
  return Object.entries(names).map(([name, shape]) => ({
    name,
    shape: shapeNamed(shape),
    isRequired: required.includes(name),
  }));
}

/** Name of an operation that the API model here describes. */
export type OperationName = keyof typeof INPUTS;

type Shapes = typeof SHAPES;

/** The value that a shape stands for, once it has been read. */
type ValueOf<Name> = Name extends keyof Shapes ? ValueOfShape<Shapes[Name]> : never;

type ValueOfShape<S> = S extends { enum: readonly (infer Value)[] }
  ? Value
  : S extends { type: 'string' }
    ? string
    : S extends { type: 'integer' | 'double' }
      ? number
      : S extends { type: 'boolean' }
        ? boolean
        : S extends { type: 'list'; member: infer Item }
          ? readonly ValueOf<Item>[]
          : S extends { type: 'map'; value: infer Item }
            ? Readonly<Record<string, ValueOf<Item>>>
            : S extends { members: infer Members }
              ? StructureOf<Members, S extends { required: readonly (infer Name)[] } ? Name : never>
              : never;

type StructureOf<Members, Required> = {
  readonly [Name in keyof Members as Name extends Required ? Name : never]: ValueOf<Members[Name]>;
} & {
  readonly [Name in keyof Members as Name extends Required ? never : Name]?:
    ValueOf<Members[Name]> | undefined;
};

/** The input of an operation, once it has been read. */
export type InputOf<Operation extends OperationName> = ValueOf<(typeof INPUTS)[Operation]>;

/** Names of the members of an operation's input. */
export type MemberOf<Operation extends OperationName> = keyof InputOf<Operation> & string;
