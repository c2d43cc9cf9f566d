import { LEVELS } from '../../../contract/levels.js';
import { MAX_LAMBDA_LINE_BYTES } from '../../../contract/limits.js';
import { formatLine, jsonFormat } from '../../../runtime/serialize/line.js';
import { streamFormat } from '../../../runtime/sinks/lambda-format.js';
import { record, reporter } from './support.js';

const FUNCTION = { AWS_LAMBDA_FUNCTION_NAME: 'api' };
const JSON_FROM = (level: string) => ({
  ...FUNCTION,
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: level,
});

test('outside of Lambda, lines are as they are everywhere', () => {
  const { report } = reporter();
  expect(streamFormat('stdout_json', report, {})).toBe(jsonFormat);
});

describe('the size', () => {
  const bare = formatLine({ ...record, message: '' }).length;
  const ofBytes = (bytes: number) => ({ ...record, message: 'x'.repeat(bytes - bare) });

  test.each([MAX_LAMBDA_LINE_BYTES - 1, MAX_LAMBDA_LINE_BYTES])('a line of %d bytes is whole', (bytes) => {
    const { report, reports } = reporter();
    const line = streamFormat('stdout_json', report, FUNCTION)(ofBytes(bytes));
    expect(line).toBe(jsonFormat(ofBytes(bytes)));
    expect(reports).toEqual([]);
  });

  test('a longer line is shortened to valid JSON, and reported', () => {
    const { report, reports } = reporter();
    const long = ofBytes(MAX_LAMBDA_LINE_BYTES + 1);
    const line = streamFormat('stdout_json', report, FUNCTION)(long);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LAMBDA_LINE_BYTES + 1);
    expect(JSON.parse(line)).toMatchObject({
      level: record.level,
      truncatedFromBytes: MAX_LAMBDA_LINE_BYTES + 1,
    });
    expect(reports).toEqual([
      ['oversize.truncate', 'sink stdout_json: a line was over the size that Lambda delivers: truncate'],
    ]);
  });
});

describe('the level', () => {
  test('the first line that Lambda discards is reported, with both levels and the remedy', () => {
    const { report, reports } = reporter();
    const format = streamFormat('stdout_json', report, JSON_FROM('ERROR'));

    for (const level of ['error', 'warn', 'info'] as const) format({ ...record, level });

    expect(reports).toEqual([
      [
        'discarded.stdout_json',
        'sink stdout_json: Lambda discards lines below error (AWS_LAMBDA_LOG_LEVEL), and the logger wrote one at warn; ' +
          "set the application log level of the function to WARN, or the logger's to error",
      ],
    ]);
  });

  test.each(LEVELS)('from %s on, exactly the lines below it are discarded', (applied) => {
    const discarded = LEVELS.filter((level) => {
      const { report, reports } = reporter();
      streamFormat('stdout_json', report, JSON_FROM(applied.toUpperCase()))({ ...record, level });
      return reports.length > 0;
    });
    expect(discarded).toEqual(LEVELS.slice(0, LEVELS.indexOf(applied)));
  });

  test.each([
    ['the format is text', { ...JSON_FROM('FATAL'), AWS_LAMBDA_LOG_FORMAT: 'Text' }],
    ['no level is set', { ...FUNCTION, AWS_LAMBDA_LOG_FORMAT: 'JSON' }],
    ['the level is none that is known', JSON_FROM('LOUD')],
  ])('where %s, Lambda discards nothing', (_, env) => {
    const { report, reports } = reporter();
    streamFormat('stdout_json', report, env)({ ...record, level: 'trace' });
    expect(reports).toEqual([]);
  });
});
