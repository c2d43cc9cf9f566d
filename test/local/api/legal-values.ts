import { membersOf, type Shape, shapeNamed } from '../../../local/api/shapes.js';

/** Texts of many kinds, from which one is taken that a pattern wants, or does not. */
const TEXTS = ['a', '1', '/', '*', ':', ' ', '$', '\u0000', '€'];

/** The least value that has a shape. */
export function legal(shape: Shape): unknown {
  if (shape.type === 'structure') return structureWith(shape, {});
  if (shape.type === 'boolean') return true;
  return sized(shape, shape.min ?? 0);
}

/** A structure with these members, and those that it needs. */
export function structureWith(shape: Shape, given: Readonly<Record<string, unknown>>): object {
  const required = membersOf(shape).filter(({ isRequired }) => isRequired);
  return { ...Object.fromEntries(required.map(({ name, shape: of }) => [name, legal(of)])), ...given };
}

/** A list with this item, and as many more as it needs. */
export function listWith(shape: Shape, item: unknown): unknown[] {
  return [item, ...items(shape, Math.max(0, (shape.min ?? 0) - 1))];
}

/** A value of this length, or this number. It has the rest of its shape where that is possible. */
export function sized(shape: Shape, size: number): unknown {
  if (shape.type === 'list') return items(shape, size);
  if (shape.type === 'map') return Object.fromEntries(entries(shape, size));
  if (shape.type !== 'string') return size;
  return shape.enum?.[0] ?? textOf(size, (text) => matches(shape, text)) ?? 'a'.repeat(size);
}

/** A text that breaks only the pattern of its shape. */
export function unmatched(shape: Shape): string {
  const [least, most] = [shape.min ?? 0, shape.max ?? 1];
  const text = textOf(Math.max(1, Math.min(least, most)), (each) => !matches(shape, each));
  if (text === undefined) throw new Error(`No text breaks ${shape.pattern}.`);
  return text;
}

function items(shape: Shape, count: number): unknown[] {
  const item = legal(shapeNamed(shape.member!));
  return Array.from({ length: count }, () => item);
}

/** Keys are numbers, so that they differ. */
function entries({ key, value }: Shape, count: number): [string, unknown][] {
  const { enum: names } = shapeNamed(key!);
  return Array.from({ length: count }, (_, index) => [
    names?.[index] ?? `k${index}`,
    legal(shapeNamed(value!)),
  ]);
}

function matches({ pattern }: Shape, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

function textOf(length: number, isWanted: (text: string) => boolean): string | undefined {
  // Parts of 24 characters, as in the pattern of ListLogGroups.
  const parts = Array.from({ length: 5 }, () => `^${'a'.repeat(24)}`).join('|');
  const texts = [...TEXTS.map((text) => text.repeat(length)), parts.slice(0, length)];
  return texts.find((text) => text.length === length && isWanted(text));
}
