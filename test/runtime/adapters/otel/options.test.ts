import { getLogger, SettingsError } from 'fapilog-cloudwatch';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';

const logger = getLogger({ sinks: [] });

describe.each([
  ['new CloudWatchLogRecordExporter', CloudWatchLogRecordExporter],
  ['new CloudWatchLogRecordProcessor', CloudWatchLogRecordProcessor],
])('%s', (of, Made) => {
  test.each<[object, string]>([
    [
      { logger, resourceAttributes: 'service.name' },
      'options.resourceAttributes is "service.name"; allowed: a list of names',
    ],
    [{ logger, resourceAttributes: [7] }, 'options.resourceAttributes is [ 7 ]; allowed: a list of names'],
    [
      { logger, flushDeadlineMs: -1 },
      'options.flushDeadlineMs is -1; allowed: a number of milliseconds, 0 or more',
    ],
    [
      { logger, flushDeadlineMs: '5s' },
      'options.flushDeadlineMs is "5s"; allowed: a number of milliseconds, 0 or more',
    ],
    [{ logger, level: 'loud' }, 'options.level is "loud"'],
  ])('names what is wrong: %#', (options, message) => {
    expect(() => new Made(options)).toThrow(SettingsError);
    expect(() => new Made(options)).toThrow(`${of}: ${message}`);
  });

  test('names options that are none', () => {
    expect(() => new Made(null as never)).toThrow(`${of}: options is null; allowed: options such as`);
  });

  test('names an option that there is none of', () => {
    expect(() => new Made({ logGroupName: '/x', flushDeadline: 1 } as object)).toThrow('flushDeadline');
  });
});

test('only the exporter answers', () => {
  expect(() => new CloudWatchLogRecordExporter({ logger, exportDeadlineMs: Number.NaN })).toThrow(
    'new CloudWatchLogRecordExporter: options.exportDeadlineMs is NaN',
  );
  expect(
    () => new CloudWatchLogRecordProcessor({ logGroupName: '/x', exportDeadlineMs: 1 } as object),
  ).toThrow('exportDeadlineMs');
});
