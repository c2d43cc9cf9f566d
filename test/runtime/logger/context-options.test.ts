import { SettingsError, withContext, type ContextOptions } from '../../../runtime/index.js';
import { contextProblems } from '../../../runtime/logger/context-options.js';
import { memoryLogger } from '../../support/memory-sink.js';

/** The message of the error, and whether the work has run all the same. */
function refused(options: unknown): { readonly message: string; readonly hasRun: boolean } {
  let hasRun = false;
  try {
    withContext({}, () => (hasRun = true), options as ContextOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return { message: (error as Error).message, hasRun };
  }
  return { message: '', hasRun };
}

test.each<[unknown, string]>([
  [
    { bufferLevel: 'error' },
    'invalid setting: withContext: options.bufferLevel is "error"; ' +
      'allowed: one of trace, debug, info, warn (also warning), in any case',
  ],
  [
    { sampleRate: 1.01 },
    'invalid setting: withContext: options.sampleRate is 1.01; allowed: a number from 0 to 1',
  ],
  [{ sampleRate: NaN }, 'options.sampleRate is NaN'],
  [{ bufferBytes: 0 }, 'options.bufferBytes is 0; allowed: bytes from 1 to 16777216'],
  [{ bufferBytes: 16_777_217 }, 'options.bufferBytes is 16777217'],
  [{ bufferBytes: '20 pounds' }, 'options.bufferBytes is "20 pounds"'],
  [{ bufferlevel: 'debug' }, 'options.bufferlevel is "debug": no such option; did you mean bufferLevel?'],
  [null, 'withContext: options is null; allowed: options such as { bufferLevel: "debug" }'],
  [{ bufferLevel: 'fatal', sampleRate: -1 }, '\n  - withContext: options.sampleRate is -1'],
])('refuses %o before the work runs', (options, message) => {
  const { message: shown, hasRun } = refused(options);

  expect(shown).toContain(message);
  expect(hasRun).toBe(false);
});

test.each([
  { bufferLevel: 'WARNING' },
  { bufferBytes: 16_777_216 },
  { bufferBytes: '20 KB' },
  { sampleRate: 0 },
  { sampleRate: 1 },
  { bufferLevel: undefined, bufferBytes: undefined, sampleRate: undefined },
])('takes %o', (options) => {
  expect(refused(options)).toEqual({ message: '', hasRun: true });
});

test('names the call that has other options as well', () => {
  const options = { reserveMs: 500, sampleRate: 2 } as ContextOptions;

  expect(contextProblems(options, 'withLambda')).toEqual([
    { where: 'withLambda: options.sampleRate', value: 2, allowed: 'a number from 0 to 1' },
  ]);
});

describe('the result of the work', () => {
  test('is asked for its value only if it is a promise', () => {
    let asked = 0;
    // oxlint-disable-next-line unicorn/no-thenable -- a query that runs when it is asked
    const query = { then: () => asked++ };

    expect(withContext({}, () => query, { bufferLevel: 'debug' })).toBe(query);
    expect(asked).toBe(0);
  });

  test('is the value of its promise', async () => {
    await expect(withContext({}, async () => 7, { bufferLevel: 'debug' })).resolves.toBe(7);
  });
});

test('an option without a value has no effect', () => {
  const { logger, sink } = memoryLogger('info');

  withContext({}, () => logger.debug('a'), { bufferLevel: undefined, bufferBytes: 1 });

  expect(sink.lines).toEqual([]);
  expect(logger.stats().filtered.total).toBe(0);
});
