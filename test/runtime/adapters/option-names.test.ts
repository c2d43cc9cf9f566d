import { CloudWatchSink } from 'fapilog-cloudwatch';
import { captureConsole } from '../../../runtime/adapters/console.js';
import { getCloudWatchSink } from '../../../runtime/adapters/logtape.js';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from '../../../runtime/adapters/otel.js';
import pinoTransport, { pinoStream } from '../../../runtime/adapters/pino.js';
import { CloudWatchStream } from '../../../runtime/adapters/stream.js';
import { CloudWatchTransport } from '../../../runtime/adapters/winston.js';
import { recogniseErrorsOfNode } from '../../support/realm.js';
import { thrownBy } from '../../support/environment.js';

recogniseErrorsOfNode();

/** What takes the options of a sink, how messages call it, and an option that is its own. */
const DOORS: [of: string, open: (options: never) => unknown, own: string][] = [
  ['new CloudWatchSink', (options) => new CloudWatchSink(options), 'clientConfig'],
  ['new CloudWatchTransport', (options) => new CloudWatchTransport(options), 'messageFormatter'],
  ['pinoStream', pinoStream, 'levelNames'],
  ['pino transport', pinoTransport, 'levelNames'],
  ['captureConsole', captureConsole, 'passThrough'],
  ['getCloudWatchSink', getCloudWatchSink, 'messageTemplate'],
  [
    'new CloudWatchLogRecordProcessor',
    (options) => new CloudWatchLogRecordProcessor(options),
    'resourceAttributes',
  ],
  [
    'new CloudWatchLogRecordExporter',
    (options) => new CloudWatchLogRecordExporter(options),
    'exportDeadlineMs',
  ],
  ['new CloudWatchStream', (options) => new CloudWatchStream(options), 'textLevel'],
];

describe.each(DOORS)('%s names by itself', (of, open, own) => {
  const messageOf = (options: unknown): string => String(thrownBy(() => open(options as never)));

  test('an option that nobody knows, and the one that is meant', () => {
    const options = { logGroupName: '/myapp', env: {}, regoin: 'a', [own.toLowerCase()]: 1 };

    expect(messageOf(options)).toContain(
      `${of}: options.regoin is "a": no such option; did you mean region?`,
    );
    expect(messageOf(options)).toContain(`no such option; did you mean ${own}?`);
  });

  test('a value that is malformed, and two that exclude each other', () => {
    const options = { logGroupName: 'a b', env: {}, logStreamName: 'worker', logStreamPrefix: 'api' };

    expect(messageOf(options)).toContain(`${of}: options.logGroupName is "a b"`);
    expect(messageOf({ ...options, logGroupName: '/myapp' })).toContain(
      'because options.logStreamPrefix says so',
    );
    expect(messageOf(options)).not.toContain('sinkConfig');
  });

  test.each(['/myapp', 7])('%p, which is no options', (options) => {
    expect(messageOf(options)).toContain(
      `${of}: options is ${JSON.stringify(options)}; allowed: options such as`,
    );
  });
});

test.each([
  ['pinoStream', pinoStream],
  ['pino transport', pinoTransport],
  ['new CloudWatchStream', (options: never) => new CloudWatchStream(options)],
])('%s refuses levelNames that is neither true nor false', (of, open) => {
  const options = { logGroupName: '/myapp', env: {}, levelNames: 'no' };

  expect(String(thrownBy(() => open(options as never)))).toBe(
    `SettingsError: invalid setting: ${of}: options.levelNames is "no"; allowed: true or false`,
  );
});
