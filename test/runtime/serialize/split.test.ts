import * as fc from 'fast-check';
import { splitLine } from '../../../runtime/serialize/split.js';
import { texts } from '../../support/events.js';

const AT = '2026-01-15T12:00:00.000Z';

interface Part {
  readonly timestamp: string;
  readonly level: string;
  readonly splitId: string;
  readonly part: number;
  readonly parts: number;
  readonly chunk: string;
}

function partsOf(line: string, maxBytes: number): Part[] {
  return splitLine(line, maxBytes, AT, 'warn').map((text) => JSON.parse(text) as Part);
}

const lines = fc
  .tuple(texts, fc.integer({ min: 1, max: 60 }))
  .map(([text, times]) => `x${text.repeat(times)}`);

test('every part fits and parses, and one after the other the chunks are the line', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 180, max: 600 }), (line, maxBytes) => {
      for (const text of splitLine(line, maxBytes, AT, 'warn')) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
        expect(text.isWellFormed()).toBe(true);
      }
      const parts = partsOf(line, maxBytes);
      expect(parts.map(({ chunk }) => chunk).join('')).toBe(line);
      expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
      expect(parts.every((part) => part.parts === parts.length)).toBe(true);
      expect(new Set(parts.map(({ splitId }) => splitId)).size).toBe(1);
      expect(parts.every(({ timestamp, level }) => timestamp === AT && level === 'warn')).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('no chunk is half a character', () => {
  const chunks = partsOf('😀'.repeat(300), 200).map(({ chunk }) => chunk);
  expect(chunks.length).toBeGreaterThan(10);
  expect(chunks.every((chunk) => chunk.isWellFormed())).toBe(true);
});

test('the parts are as few as can be, but for the digits of their numbers', () => {
  const line = 'x'.repeat(100_000);
  const room = 1_000 - Buffer.byteLength(emptyPart());
  expect(partsOf(line, 1_000)).toHaveLength(Math.ceil(100_000 / (room - 20)));
});

/** A part with nothing in it. */
function emptyPart(): string {
  const splitId = '00000000-0000-0000-0000-000000000000';
  return JSON.stringify({ timestamp: AT, level: 'warn', splitId, part: 0, parts: 0, chunk: '' });
}

test('two lines have two ids', () => {
  expect(partsOf('a', 200)[0]?.splitId).not.toBe(partsOf('a', 200)[0]?.splitId);
});
