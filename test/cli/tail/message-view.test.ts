import { viewOf } from '../../../cli/tail/message-view.js';
import { formatLine } from '../../../runtime/serialize/line.js';

test.each([
  [
    'ours',
    formatLine({ timeMs: 0, level: 'info', message: 'ready', fields: [{ service: 'api' }] }),
    { level: 'info', text: 'ready', fields: { service: 'api' } },
  ],
  [
    'pino',
    '{"level":40,"time":1768478400000,"pid":7,"hostname":"h","msg":"slow"}',
    { level: 'warn', text: 'slow', fields: { pid: 7, hostname: 'h' } },
  ],
  [
    'winston',
    '{"label":"x","level":"http","message":"GET /","timestamp":"2026-01-15T12:00:00.000Z"}',
    { level: 'debug', text: 'GET /', fields: { label: 'x' } },
  ],
  [
    'Python',
    '{"timestamp":"2026-01-15T12:00:00Z","level":"CRITICAL","message":"gone"}',
    { level: 'fatal', text: 'gone', fields: {} },
  ],
  [
    'JSON without a message',
    '{"a":1,"level":"odd"}',
    { level: undefined, text: '', fields: { a: 1, level: 'odd' } },
  ],
  ['text', 'Jan 15 WARNING disk full\n', { level: 'warn', text: 'Jan 15 WARNING disk full' }],
  ['text without a level', 'information only', { level: undefined, text: 'information only' }],
  ['half of JSON', '{"level":"error"', { level: undefined, text: '{"level":"error"' }],
  ['a list', '[1]', { level: undefined, text: '[1]' }],
  ['Lambda', 'REPORT RequestId: 1 Duration: 2 ms ERROR\n', { level: undefined, isOfPlatform: true }],
  [
    'the console in Lambda',
    '2026-01-15T12:00:00.123Z\t8f5a0000-0000-0000-0000-000000000000\tERROR\tfailed\n',
    { level: 'error', text: 'failed', fields: { requestId: '8f5a0000-0000-0000-0000-000000000000' } },
  ],
  [
    'JSON on the console in Lambda',
    '2026-01-15T12:00:00.123Z\tundefined\tINFO\t{"level":"warn","msg":"inner","a":1}',
    { level: 'warn', text: 'inner', fields: { a: 1 } },
  ],
])('a line of %s', (_, message, expected) => {
  expect(viewOf(message)).toMatchObject(expected);
});

test('an error has its place, and is no field', () => {
  const error = new TypeError('x is not a function', { cause: new Error('why') });
  const line = formatLine({ timeMs: 0, level: 'error', message: 'failed', fields: [{ error, orderId: 7 }] });

  const { errors, fields } = viewOf(line);

  expect(errors.map(({ title }) => title)).toEqual(['TypeError: x is not a function', 'Error: why']);
  expect(fields).toEqual({ orderId: 7 });
});

test('what an error has besides its chain is a field, that of its causes, too', () => {
  const cause = Object.assign(new Error('why'), { errno: -111 });
  const error = Object.assign(new Error('failed', { cause }), { code: 'E_CARD', detail: { amount: 7 } });
  const aggregate = new AggregateError([new Error('one'), Object.assign(new Error('two'), { code: 2 })]);
  const view = (each: unknown) =>
    viewOf(formatLine({ timeMs: 0, level: 'error', message: 'm', fields: [{ error: each }] })).fields;

  expect(view(error)).toEqual({
    error: { code: 'E_CARD', detail: { amount: 7 }, cause: { errno: -111 } },
  });
  expect(view(aggregate)).toEqual({ error: { errors: [null, { code: 2 }] } });
});

test.each([
  [
    { err: { message: 'x' }, error: 'a text', exception: 7, stack: 'not one' },
    ['a text'],
    { err: { message: 'x' }, exception: 7, stack: 'not one' },
  ],
  [
    { error: null, err: { type: 'E', name: 'N', message: 'x' } },
    ['E: x'],
    { error: null, err: { name: 'N' } },
  ],
  [{ error: 7, stack: 'S' }, [], { error: 7, stack: 'S' }],
  [{ message: 'boom', stack: 'TypeError: boom\n    at f (x.js:1:1)' }, ['TypeError: boom'], {}],
  [{ stack: { depth: 2 } }, [], { stack: { depth: 2 } }],
])('of %j, only what the error shows is no field', (line, titles, fields) => {
  const view = viewOf(JSON.stringify(line));

  expect(view.errors.map(({ title }) => title)).toEqual(titles);
  expect(view.fields).toEqual(fields);
});

test('only what is a time is left out for the one of the event', () => {
  const line = { time: 'half past', timestamp: '2026-01-15T12:00:00.000Z', ts: 5 };

  expect(viewOf(JSON.stringify(line)).fields).toEqual({ time: 'half past', ts: 5 });
});
