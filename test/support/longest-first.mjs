import TestSequencer from '@jest/test-sequencer';

/** Folders and files whose small sources start many processes, or wait for them, the longest first. */
const LONGEST = [
  'pipeline/adapters/conformance.test.ts',
  'pipeline/adapters/endings.test.ts',
  'pipeline/boundaries/boundaries.test.ts',
  'pipeline/adapters/outage.test.ts',
  'pipeline/exit/',
  'consumers/bundlers',
  'consumers/typescript',
  'consumers/cdk-app',
  'consumers/test-runners',
  'consumers/examples/',
  'pipeline/chaos/',
  'pipeline/spool-kill.test.ts',
  'docs/',
  'pipeline/',
];

/**
 * Starts the longest tests first, so that none runs alone at the end while the other core is idle. Jest does so by itself from the
 * second run on; in the first one, as in CI, it can only guess by the size of the file.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    // Jest's own order, within one rank.
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of jest's, which sorts no array in place
    const inOrder = super.sort(tests);
    return inOrder.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ path, duration }) {
  if (duration !== undefined) return 0;
  const rank = LONGEST.findIndex((part) => path.replaceAll('\\', '/').includes(`/test/${part}`));
  return rank === -1 ? LONGEST.length : rank;
}
