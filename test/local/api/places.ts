import { membersOf, type Shape, shapeNamed } from '../../../local/api/shapes.js';
import { legal, listWith, structureWith } from './legal-values.js';

/** A place in the input of an operation. */
export interface Place {
  /** As a refusal has it: `logEvents.1.member.message`. */
  readonly path: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** The input with this value at the place, and otherwise the least that is legal. */
  readonly inputWith: (value: unknown) => object;
}

const MAP_KEY = 'k';

/** Every place in a structure, at whatever depth. */
export function placesIn(
  structure: Shape,
  path: readonly string[] = [],
  wrap: (value: object) => object = (value) => value,
): Place[] {
  return membersOf(structure).flatMap(({ name, shape, isRequired }) => {
    const inputWith = (value: unknown): object => wrap(structureWith(structure, { [name]: value }));
    return withParts({ path: [...path, name].join('.'), shape, isRequired, inputWith });
  });
}

function withParts(place: Place): Place[] {
  const { shape } = place;
  if (shape.type === 'list') return [place, ...withParts(itemOf(place))];
  if (shape.type === 'map') return [place, keyOf(place), ...withParts(valueOf(place))];
  return shape.type === 'structure' ? [place, ...placesIn(shape, [place.path], place.inputWith)] : [place];
}

function itemOf({ path, shape, inputWith }: Place): Place {
  return {
    path: `${path}.1.member`,
    shape: shapeNamed(shape.member!),
    isRequired: false,
    inputWith: (value) => inputWith(listWith(shape, value)),
  };
}

function keyOf({ path, shape, inputWith }: Place): Place {
  return {
    path: `${path}.key`,
    shape: shapeNamed(shape.key!),
    isRequired: false,
    inputWith: (key) => inputWith({ [key as string]: legal(shapeNamed(shape.value!)) }),
  };
}

function valueOf({ path, shape, inputWith }: Place): Place {
  const key = shapeNamed(shape.key!).enum?.[0] ?? MAP_KEY;
  return {
    path: `${path}.${key}.value`,
    shape: shapeNamed(shape.value!),
    isRequired: false,
    inputWith: (value) => inputWith({ [key]: value }),
  };
}
