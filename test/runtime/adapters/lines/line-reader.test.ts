import { redactionSettings } from '../../../../contract/settings/redaction.js';
import { complete } from '../../../../contract/settings/setting.js';
import { LineReader } from '../../../../runtime/adapters/lines/line-reader.js';
import type { FinishedLine } from '../../../../runtime/log-record.js';
import { makeRedactor, noRedactor } from '../../../../runtime/redact/redactor.js';

const NOW_MS = 1_768_478_400_000;
const LOGGED_MS = NOW_MS - 1_234;
const ISO = new Date(LOGGED_MS).toISOString();

const reports: string[] = [];

afterEach(() => void reports.splice(0));

function reader(withLevelNames = true, redactor = noRedactor): LineReader {
  const report = (code: string): void => void reports.push(code);
  return new LineReader({ redactor, withLevelNames, now: () => NOW_MS, report });
}

function read(line: string): FinishedLine | undefined {
  return reader().read(line);
}

test.each([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
] as const)('level %i is %s, in the line too, wherever it stands', (number, level) => {
  const rest = `"time":${LOGGED_MS},"pid":1,"msg":"{\\"level\\":${number}}"`;
  const event = { timeMs: LOGGED_MS, level };

  expect(read(`{"level":${number},${rest}}`)).toEqual({ ...event, line: `{"level":"${level}",${rest}}` });
  expect(read(`{${rest}, "level" : ${number}}`)).toEqual({
    ...event,
    line: `{${rest}, "level" : "${level}"}`,
  });
});

test.each([`{"level":50,"time":${LOGGED_MS}}`, `{"time":${LOGGED_MS},"level":50}`])(
  'the line stays as it is, if that is wanted: %s',
  (line) => {
    expect(reader(false).read(line)).toEqual({ timeMs: LOGGED_MS, level: 'error', line });
  },
);

test.each([
  [`{"level":35,"time":${LOGGED_MS}}`, 'info'],
  [`{"level":5,"time":${LOGGED_MS}}`, 'trace'],
  [`{"level":90,"time":${LOGGED_MS}}`, 'fatal'],
  [`{"level":"warn","time":${LOGGED_MS},"msg":"x"}`, 'warn'],
  [`{"level":"WARN","time":"${ISO}"}`, 'warn'],
  [`{"level":"notice","time":${LOGGED_MS}}`, 'info'],
  [`{"level":"45","time":${LOGGED_MS}}`, 'warn'],
  [`{"level":"unheard of","time":${LOGGED_MS}}`, 'info'],
  // Of members of one name, the first is that of pino.
  [`{"level":"error","time":${LOGGED_MS},"level":"vip","time":"noon"}`, 'error'],
  // winston, Google, Python, ECS, logrus, log4js, zap
  [`{"level":"silly","message":"m","timestamp":"${ISO}"}`, 'trace'],
  [`{"severity":"CRITICAL","time":"${ISO}"}`, 'fatal'],
  [`{"levelname":"WARNING","asctime":"${ISO.replace('T', ' ').replace('.', ',')}"}`, 'warn'],
  [`{"@timestamp":"${ISO}","log.level":"error"}`, 'error'],
  [`{"lvl":"debug","ts":${LOGGED_MS / 1_000}}`, 'debug'],
  [`{"startTime":"${ISO}","level":{"level":50000,"levelStr":"FATAL"}}`, 'fatal'],
  [`{"ts":${LOGGED_MS}000,"level":"dpanic"}`, 'info'],
  [`{"ts":"${LOGGED_MS}000000","level":"info"}`, 'info'],
])('time and level are recognized, and the line stays as it is: %s', (line, level) => {
  const timeMs = expect.closeTo(LOGGED_MS, -4) as number;

  expect(read(line)).toEqual({ timeMs, level, line });
});

test.each([
  '{"level":"info"}',
  '{"level":"info","time":5}',
  '{"level":"info","time":"12 ms"}',
  '{"level":"info","time":"order 5"}',
  '{"level":"info","time":1e400,"ts":{}}',
  '{"nested":{"time":1768478399000,"level":"error"}}',
])('without a time, it is now; without a level, it is info: %s', (line) => {
  expect(read(line)).toEqual({ timeMs: NOW_MS, level: 'info', line });
});

test.each([
  '{"level":40',
  'null',
  '[]',
  '"text"',
  '42',
  'Warning: no JSON',
  '{"a":1} {"b":2}',
  '',
  '{a:1}',
  '{"a":}',
])('this is no object of JSON: %s', (line) => {
  expect(read(line)).toBeUndefined();
  expect(reader().readText(line)).toEqual({ timeMs: NOW_MS, level: 'info', line });
});

test('what is nested without end is no JSON, and is searched as a text', () => {
  const deep = `{"headers":${'['.repeat(100_000)}{"password":"S","authorization":"S"}`;

  expect(read(deep)).toBeUndefined();
  expect(reader().readText(deep).line).not.toContain('"S"');
});

test('half of a character is written as JSON has it, since UTF-8 has no bytes for it', () => {
  const line = `{"level":"info","time":${LOGGED_MS},"msg":"a\ud83d b😀\udc00"}`;
  const event = read(line)!;

  expect(event.line).toBe(`{"level":"info","time":${LOGGED_MS},"msg":"a\\ud83d b😀\\udc00"}`);
  expect(JSON.parse(event.line)).toEqual(JSON.parse(line));
});

describe('secrets', () => {
  test('credentials in URLs are hidden, also by the short way of pino', () => {
    const line = `{"level":30,"time":${LOGGED_MS},"url":"https://u:p@host.example"}`;

    expect(read(line)).toEqual({
      timeMs: LOGGED_MS,
      level: 'info',
      line: `{"level":"info","time":${LOGGED_MS},"url":"https://***@host.example"}`,
    });
  });

  test('what redaction names is hidden, and the number of the level has its name all the same', () => {
    const redactor = makeRedactor(complete(redactionSettings, { enabled: true }), () => undefined);
    const line = `{"level":30,"time":${LOGGED_MS},"password":"x","msg":"by jane@host.example"}`;

    expect(reader(true, redactor).read(line)?.line).toBe(
      `{"level":"info","time":${LOGGED_MS},"password":"[redacted]","msg":"by [redacted]"}`,
    );
  });

  test('a line that cannot be redacted is not shown, and this is reported', () => {
    const fails = (): never => {
      throw new Error('secret');
    };
    const rules = { isSensitive: fails, shownName: fails, mask: fails };
    const failing = reader(true, { ...noRedactor, rules });
    const line = '{"level":"info","message":"[redaction failed]"}';

    expect(failing.read('{"level":50,"secret":1}')).toEqual({ timeMs: NOW_MS, level: 'info', line });
    expect(failing.readText('secret')).toEqual({ timeMs: NOW_MS, level: 'info', line });
    expect(reports).toEqual(['redaction', 'redaction']);
  });
});

test('signs of secrets are found that JSON has escaped without need', () => {
  const name = String.raw`\u0068\u0065\u0061\u0064\u0065\u0072\u0073`;
  const line = (cookie: string, password: string): string =>
    `{"level":"info","time":${LOGGED_MS},"${name}":{"cookie":"${cookie}"},"url":"https:${password}@host.example/"}`;

  expect(read(line('S', String.raw`\u002f\u002fjane:S`))?.line).toBe(line('[redacted]', '//***'));
});

test('a byte order mark is no part of a line', () => {
  const line = `{"level":"error","time":${LOGGED_MS}}`;

  expect(read(`\ufeff${line}`)).toEqual({ timeMs: LOGGED_MS, level: 'error', line });
});
