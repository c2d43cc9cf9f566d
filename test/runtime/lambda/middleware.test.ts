import { runProgram } from '../../support/program.js';

interface Scenario {
  readonly results: unknown;
  readonly lines: readonly unknown[];
}

function scenario(results: unknown, lines: readonly unknown[]): Scenario {
  return { results, lines };
}

type Report = Readonly<Record<string, Scenario>>;

/** A line of the invocation. */
function line(invocation: number, message: string, more: object = {}): object {
  return { message, correlationId: invocation, functionArn: `arn-${invocation}`, ...more };
}

function run(id: number): unknown[] {
  return [line(id, 'begin', { id }), line(id, 'end', { id }), 'flush'];
}

const failure = (id: number) => line(id, 'invocation failed', { error: `failed ${id}` });

const failed = [line(1, 'begin', { id: 1 }), failure(1), 'flush'];

describe.each([
  ['6', '@middy/core'],
  ['7', 'middy7'],
])('with middy %s', (_, MIDDY) => {
  let report: Report;

  beforeAll(async () => {
    const { stdout, stderr } = await runProgram('middy.mjs', { env: { MIDDY } });
    expect(stderr).toBe('');
    report = JSON.parse(stdout) as Report;
  });

  test('lines have the fields of their invocation, and are flushed at its end', () => {
    expect(report['plain']).toEqual(scenario([1, 2], [...run(1), ...run(2)]));
  });

  test('an error is logged, and nothing of it stays for the next invocation', () => {
    expect(report['fails']).toEqual(scenario(['threw failed 1', 2], [...failed, ...run(2)]));
  });

  test('within withLambda, and twice, an error is logged once, and one of them flushes', () => {
    expect(report['stacked']).toEqual(scenario(['threw failed 1', 2], [...failed, ...run(2)]));
  });

  test('around withLambda, the handler has all its arguments', () => {
    expect(report['within']).toEqual(scenario([false], ['flush']));
  });

  test('used first, it also covers the lines of other middlewares', () => {
    expect(report['first']).toEqual(
      scenario(
        [1, 'threw failed 2'],
        [
          line(1, 'before'),
          ...run(1).slice(0, 2),
          line(1, 'after'),
          'flush',
          line(2, 'before'),
          line(2, 'begin', { id: 2 }),
          line(2, 'onError'),
          failure(2),
          'flush',
        ],
      ),
    );
  });

  test('an error that another middleware has made a response of is not logged', () => {
    expect(report['handled']).toEqual(scenario(['handled'], [line(1, 'begin', { id: 1 }), 'flush']));
  });

  test('an error before its turn is logged', () => {
    expect(report['earlier']).toEqual(
      scenario(['threw stopped'], [line(1, 'invocation failed', { error: 'stopped' }), 'flush']),
    );
  });

  test('after an early response, which it is not told of, the next invocation is clean', () => {
    expect(report['early']).toEqual(scenario(['early', 2], [line(1, 'asks'), line(2, 'asks'), ...run(2)]));
  });

  test('after an early response, the next invocation has no field of it', () => {
    const next = { functionArn: 'arn-undefined' };

    expect(report['earlyWithId']).toEqual(
      scenario(
        ['early', null],
        [line(1, 'asks'), ...['asks', 'begin', 'end'].map((message) => ({ message, ...next })), 'flush'],
      ),
    );
  });

  test('an early response is no timeout', () => {
    expect(report['earlyAndOver']).toEqual(scenario('early', [{ message: 'asks' }]));
  });

  test('with withLambda around, an early response is flushed', () => {
    expect(report['earlyWrapped']).toEqual(
      scenario(['early', 2], [line(1, 'asks'), 'flush', line(2, 'asks'), ...run(2)]),
    );
  });

  test('invocations that run at the same time do not mix', () => {
    expect(report['concurrent']).toEqual(scenario([100, []], []));
  });

  test('a streamed response is flushed by withLambda around it', () => {
    expect(report['streamed']).toEqual(scenario({ isStreaming: 'response', body: 'body' }, ['flush']));
  });
});
