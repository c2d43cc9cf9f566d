import * as fc from 'fast-check';
import { prettyText } from '../../../cli/tail/pretty.js';
import type { TailedEvent } from '../../../cli/tail/tailed-event.js';
import { paintFor } from '../../../cli/terminal/colours.js';

const EVENT: TailedEvent = {
  logGroup: '/myapp/production',
  logStream: 'api-1',
  timestamp: Date.parse('2026-01-15T12:00:00.123Z'),
  ingestionTime: undefined,
  eventId: undefined,
  message: 'hello',
};
const PLAIN = { paint: paintFor({}, {}), showsGroup: false, isUtc: true };

function pretty(event: Partial<TailedEvent>, options: Partial<typeof PLAIN> = {}): string {
  return prettyText({ ...EVENT, ...event }, { ...PLAIN, ...options });
}

test('time, level, stream, message and fields', () => {
  const message = '{"level":"info","message":"paid","orderId":7,"note":"two words","items":[1],"empty":""}';

  expect(pretty({ message })).toBe(
    '2026-01-15T12:00:00.123Z INFO  api-1 paid orderId=7 note="two words" items=[1] empty=""\n',
  );
});

test('without a level there is room for one', () => {
  expect(pretty({})).toBe('2026-01-15T12:00:00.123Z       api-1 hello\n');
});

test('of several log groups, the line says which', () => {
  expect(pretty({}, { showsGroup: true })).toContain(' /myapp/production api-1 hello');
});

test('the end of a long name of a stream', () => {
  const logStream = `2026/01/15/[$LATEST]${'0123456789abcdef'.repeat(2)}`;

  expect(pretty({ logStream })).toContain(' …56789abcdef0123456789abcdef hello');
});

test('the time of this machine', () => {
  const local = new Date(EVENT.timestamp);
  const [hour] = [String(local.getHours()).padStart(2, '0')];

  expect(pretty({}, { isUtc: false })).toMatch(new RegExp(String.raw`^2026-01-\d\d ${hour}:\d\d:00\.123 `));
});

test('an error stands below, with its causes', () => {
  const error = {
    type: 'TypeError',
    message: 'no',
    stack: 'TypeError: no\n    at f (a.js:1:2)',
    cause: { message: 'why', stack: 'Error: why\n    at g (b.js:3:4)' },
  };
  const message = JSON.stringify({ level: 'error', message: 'failed', error });

  expect(pretty({ message })).toBe(
    [
      '2026-01-15T12:00:00.123Z ERROR api-1 failed',
      '    TypeError: no',
      '        at f (a.js:1:2)',
      '    caused by why',
      '        at g (b.js:3:4)',
      '',
    ].join('\n'),
  );
});

test('further lines of a text are indented', () => {
  expect(pretty({ message: 'Error: x\n  at y' })).toContain(' Error: x\n      at y\n');
});

test('colours by level', () => {
  const paint = paintFor({ isTTY: true }, {});

  expect(pretty({ message: '{"level":"error","message":"no"}' }, { paint })).toContain(
    '\u001b[31mERROR\u001b[0m \u001b[2mapi-1\u001b[0m \u001b[1mno\u001b[0m',
  );
});

test('nothing that an event has can move the cursor, or pass for another event', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '\u001b', '[', '2J', '\r', '\b', '\u009b', '\u202e', '\u0007', '\u0000'),
  });
  const message = fc.oneof(
    text,
    fc.record({ message: text, level: text, field: text, error: text }).map((line) => JSON.stringify(line)),
    text.map((name) => JSON.stringify({ [name]: { [name]: name } })),
  );
  fc.assert(
    fc.property(message, text, (each, logStream) => {
      const shown = pretty({ message: each, logStream });
      // oxlint-disable-next-line no-control-regex -- it is about control characters.
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(shown.endsWith('\n')).toBe(true);
    }),
  );
});

test('a value that is nested deeper than the stack is shown in part', () => {
  const message = `{"message":"deep","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

  expect(pretty({ message })).toContain('deep a=[[[');
});
