import { errorChain } from '../../../local/lines/error-chain.js';
import { parseFields } from '../../../local/lines/fields.js';
import { formatLine } from '../../../runtime/serialize/line.js';

/** Members of the line that the sink writes of an error. */
function lineWith(error: unknown): Readonly<Record<string, unknown>> {
  return parseFields(formatLine({ timeMs: 0, level: 'error', message: 'failed', fields: [{ error }] }))!;
}

test('an error has its stack without its title', () => {
  const [step, ...others] = errorChain(lineWith(new RangeError('too far\nsecond line')));

  expect(step?.title).toBe('RangeError: too far\nsecond line');
  expect(step?.frames[0]).toMatch(/^at .*error-chain\.test\.ts/);
  expect(others).toEqual([]);
});

test('its causes follow, and the errors that it aggregates', () => {
  const error = new AggregateError([new Error('one'), new Error('two')], 'all', { cause: new Error('why') });

  expect(errorChain(lineWith(error)).map(({ title }) => title)).toEqual([
    'AggregateError: all',
    'Error: why',
    'Error: one',
    'Error: two',
  ]);
});

test('neither errors nor calls are more than one can read', () => {
  const errors = Array.from({ length: 20_000 }, () => ({ message: 'one of many' }));
  const stack = `Error: deep\n${'    at f (x.js:1:1)\n'.repeat(15_000).trimEnd()}`;

  expect(errorChain({ error: { errors } })).toHaveLength(50);
  expect(errorChain({ error: { stack } })[0]?.frames.slice(199)).toEqual([
    'at f (x.js:1:1)',
    '… 14,800 more',
  ]);
});

test.each([
  [
    { err: { type: 'Error', message: 'of pino', stack: 'Error: of pino\n    at f (x.js:1:1)' } },
    ['Error: of pino'],
  ],
  [{ stack: 'Error: own\n    at f (x.js:1:1)', message: 'own' }, ['own']],
  [{ error: 'only a text' }, ['only a text']],
  [{ error: {} }, ['Error']],
  [{ error: 7 }, []],
  [{ message: 'none' }, []],
])('of %j', (fields, titles) => {
  expect(errorChain(fields).map(({ title }) => title)).toEqual(titles);
});

test('a chain has an end', () => {
  let error: Record<string, unknown> = { message: 'last' };
  for (let depth = 0; depth < 100; depth++) error = { message: 'more', cause: error };

  expect(errorChain({ error })).toHaveLength(21);
});
