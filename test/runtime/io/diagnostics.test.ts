import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Diagnostics, DIAGNOSTICS_CHANNEL, type Diagnostic } from '../../../runtime/io/diagnostics.js';
import { ManualClock } from '../../support/manual-clock.js';

const MINUTE_MS = 60_000;

function bench(hook?: (diagnostic: Diagnostic) => void) {
  const clock = new ManualClock(1_768_478_400_000);
  const lines: string[] = [];
  return { clock, lines, diagnostics: new Diagnostics(clock, (line) => lines.push(line), hook) };
}

test.each([
  [MINUTE_MS - 1, 1],
  [MINUTE_MS, 2],
  [MINUTE_MS + 1, 2],
])('the same code again after %d ms: %d lines on stderr', (waitedMs, lines) => {
  const { diagnostics, clock, lines: written } = bench();
  diagnostics.report('failed.X', 'it failed');
  clock.advance(waitedMs);
  diagnostics.report('failed.X', 'it failed');
  expect(written).toHaveLength(lines);
});

test('the next line says how often it was since the last', () => {
  const { diagnostics, clock, lines } = bench();
  for (let times = 0; times < 4; times++) diagnostics.report('failed.X', 'it failed');
  clock.advance(MINUTE_MS);
  diagnostics.report('failed.X', 'it failed again');
  clock.advance(MINUTE_MS);
  diagnostics.report('failed.X', 'and again');
  expect(lines).toEqual([
    'fapilog-cloudwatch: it failed [failed.X]\n',
    'fapilog-cloudwatch: it failed again [failed.X] (4 times)\n',
    'fapilog-cloudwatch: and again [failed.X]\n',
  ]);
});

test.each([-3_600_000, 3_600_000])('a clock that is set by %d ms changes no minute', (byMs) => {
  const { diagnostics, clock, lines } = bench();
  for (const waitedMs of [0, MINUTE_MS - 1, 1]) {
    clock.advance(waitedMs);
    diagnostics.report('failed.X', 'it failed');
    clock.set(byMs);
  }
  expect(lines).toHaveLength(2);
});

test('each code has its own minute', () => {
  const { diagnostics, lines } = bench();
  for (const code of ['a', 'b', 'a', 'b']) diagnostics.report(code, 'm');
  expect(lines).toEqual(['fapilog-cloudwatch: m [a]\n', 'fapilog-cloudwatch: m [b]\n']);
});

test('the hook and the channel get every one', () => {
  const heard: Diagnostic[] = [];
  const published: unknown[] = [];
  const listen = (message: unknown): void => void published.push(message);
  subscribe(DIAGNOSTICS_CHANNEL, listen);
  try {
    const { diagnostics, clock } = bench((diagnostic) => heard.push(diagnostic));
    diagnostics.report('a', 'one');
    diagnostics.report('a', 'two');
    clock.advance(MINUTE_MS);
    diagnostics.report('a', 'three');
    diagnostics.report('a', 'four');
  } finally {
    unsubscribe(DIAGNOSTICS_CHANNEL, listen);
  }
  expect(heard).toEqual([
    { code: 'a', message: 'one', occurrences: 1 },
    { code: 'a', message: 'two', occurrences: 1 },
    { code: 'a', message: 'three', occurrences: 2 },
    { code: 'a', message: 'four', occurrences: 1 },
  ]);
  expect(published).toEqual(heard);
});

test('a hook and a stderr that throw reach nobody, and do not silence each other', () => {
  let hooked = 0;
  let written = 0;
  const diagnostics = new Diagnostics(
    new ManualClock(),
    () => {
      written++;
      throw new Error('stderr is gone');
    },
    () => {
      hooked++;
      throw new Error('the hook is broken');
    },
  );
  expect(() => diagnostics.report('a', 'm')).not.toThrow();
  expect([hooked, written]).toEqual([1, 1]);
});

test('a hook that reports itself does not write the line twice', () => {
  const { diagnostics, lines } = bench(({ code }) => {
    if (code === 'a') diagnostics.report('b', 'from the hook');
  });
  diagnostics.report('a', 'first');
  expect(lines).toEqual(['fapilog-cloudwatch: from the hook [b]\n', 'fapilog-cloudwatch: first [a]\n']);
});

test('what is held is told afterwards, to a listener that may report in turn', () => {
  const heard: string[] = [];
  const { diagnostics, lines } = bench(({ code }) => {
    heard.push(code);
    diagnostics.report('from the hook', 'm');
  });
  diagnostics.isHolding = true;
  diagnostics.report('a', 'm');
  diagnostics.report('b', 'm');
  expect([heard, lines]).toEqual([[], []]);
  diagnostics.reportHeld();
  expect([heard, diagnostics.hasHeld]).toEqual([[], true]);
  diagnostics.isHolding = false;
  diagnostics.reportHeld();
  expect(heard).toEqual(['a', 'b']);
  expect(lines).toHaveLength(3);
  diagnostics.report('c', 'm');
  expect(heard).toEqual(['a', 'b', 'c']);
});
