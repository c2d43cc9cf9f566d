import { join } from 'node:path';
import { SINKS, type SinkName } from '../../../contract/built-in.js';
import { SettingsError } from '../../../contract/problems.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import { CloudWatchSink } from '../../../runtime/sink.js';
import { FileSink } from '../../../runtime/sinks/file-sink.js';
import { makeBuiltinSink } from '../../../runtime/sinks/make-builtin-sink.js';
import { StreamSink } from '../../../runtime/sinks/stream-sink.js';
import { thrownBy } from '../../support/environment.js';
import { withDirectory } from './support.js';

const directory = withDirectory();

function settings(sinkConfig: SettingsInput['sinkConfig'] = {}): Settings {
  return new Settings({ sinkConfig }, { env: {} });
}

const names = Object.keys(SINKS) as SinkName[];
const report = (): void => undefined;

test('each name makes its sink', async () => {
  const known = settings({
    cloudwatch: { logGroupName: '/a', region: 'us-east-1', level: 'warn' },
    file: { path: join(directory.path, 'log'), level: 'error' },
  });

  const sinks = names.map((name) => makeBuiltinSink(name, known, report));

  expect(sinks.map((sink) => sink.name)).toEqual(names);
  expect(sinks.map((sink) => sink.constructor)).toEqual([
    CloudWatchSink,
    StreamSink,
    StreamSink,
    StreamSink,
    FileSink,
  ]);
  expect(sinks[0]!.stats()).toMatchObject({ logGroupName: '/a' });
  await Promise.all(sinks.map(async (sink) => sink.close()));
});

test.each([
  ['cloudwatch', 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME'],
  ['file', 'FAPILOG_FILE__PATH'],
] as const)('%s needs %s', (name, variable) => {
  const error = thrownBy(() => makeBuiltinSink(name, settings(), report));

  expect(error).toBeInstanceOf(SettingsError);
  expect((error as SettingsError).message).toMatch(`invalid setting: ${variable} is not set; allowed: `);
});

test.each([-1, 3_600_001, Number.NaN, Infinity])(
  'an exit waits for no worker for %p milliseconds',
  (exitDeadlineMs) => {
    const known = settings({ cloudwatch: { logGroupName: '/a', region: 'us-east-1' } });
    const error = thrownBy(() => makeBuiltinSink('cloudwatch', known, report, { exitDeadlineMs }));

    expect((error as SettingsError).message).toBe(
      `invalid setting: worker.exitDeadlineMs is ${exitDeadlineMs}; allowed: 0 to 3600000`,
    );
  },
);
