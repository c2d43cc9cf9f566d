import type { Problem } from '../contract/problems.js';

const READERS = ['nodejs', 'python'] as const;

/** Library that reads the variables: this package in a Node.js program (`nodejs`), or fapilog in a Python program (`python`). */
export type Reader = (typeof READERS)[number];

/** Readers of a writer whose options name none. */
export const DEFAULT_READERS: readonly Reader[] = ['nodejs'];

/** TypeScript rules most of these out, JavaScript does not. */
export function readerProblems(readers: unknown, where: string): Problem[] {
  if (readers === undefined || isListOfReaders(readers)) return [];
  const allowed = `a list of ${READERS.map((each) => `"${each}"`).join(' and ')}, one or both, each once`;
  return [{ where, value: readers, allowed }];
}

function isListOfReaders(readers: unknown): boolean {
  const known: readonly unknown[] = READERS;
  return (
    Array.isArray(readers) &&
    readers.length > 0 &&
    readers.every((each) => known.includes(each)) &&
    new Set(readers).size === readers.length
  );
}
