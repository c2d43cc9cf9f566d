import { Scan } from '../../local/operations/scan.js';

const MEBIBYTE = 1_048_576;

/** How many of these messages one call may look at. */
function taken(messages: readonly string[]): number {
  const scan = new Scan();
  const end = messages.findIndex((message) => !scan.takes(message));
  return end < 0 ? messages.length : end;
}

describe('one call looks at', () => {
  it.each([
    [99_999, 99_999],
    [100_000, 100_000],
    [100_001, 100_000],
  ])('of %i short messages at %i', (count, expected) => {
    expect(taken(Array<string>(count).fill('line'))).toBe(expected);
  });

  it.each([
    [15, 0, 15],
    [16, 0, 16],
    [16, 1, 15],
  ])('of %i mebibytes and %i more characters at %i messages', (count, more, expected) => {
    const messages = Array<string>(count - 1).fill('x'.repeat(MEBIBYTE));
    expect(taken([...messages, 'x'.repeat(MEBIBYTE + more)])).toBe(expected);
  });

  it('one message, however long it is', () => {
    expect(taken(['x'.repeat(17 * MEBIBYTE), ''])).toBe(1);
  });
});
