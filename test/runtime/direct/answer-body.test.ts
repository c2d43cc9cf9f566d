import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { adviceFor } from '../../../runtime/send/advice.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import {
  messageOf,
  NEEDS_REPAIR,
  traits,
  verdictOfAnswer,
  verdictOfError,
} from '../../../runtime/send/verdict.js';
import { TARGET } from '../../support/events.js';
import { AnsweringServer, type Lanes, type ScriptedAnswer } from '../../support/two-lanes.js';

const { signal } = new AbortController();
const BODY = { bytes: Buffer.from('{}'), encoding: 'identity' } as const;
const EVENTS = 5;

let server: AnsweringServer;
let lanes: Lanes;

beforeAll(async () => {
  server = await AnsweringServer.open();
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  lanes = server.lanes({ region: 'us-east-1', credentials });
});
afterAll(async () => {
  lanes.close();
  await server.close();
});

/** All that the sink makes of an answer. */
async function meaning(port: LogsPort): Promise<object> {
  try {
    return verdictOfAnswer(await port.putLogEvents(TARGET, BODY, signal), EVENTS);
  } catch (error) {
    const flags = [false, true];
    const verdicts = flags.flatMap((isCompressed) =>
      flags.map((isCustomEndpoint) => verdictOfError(error, { isCompressed, isCustomEndpoint })),
    );
    const { reason, status } = traits(error);
    // The official client adds where to look in its debugger.
    const message = messageOf(error).replace(/ Deserialization error: .*/, '');
    const surroundings = { env: {}, skewMs: 0, region: 'us-east-1' };
    const advice = adviceFor({
      operation: 'PutLogEvents',
      target: TARGET,
      reason,
      message,
      status,
      surroundings,
    });
    return { traits: traits(error), message, verdicts, advice };
  }
}

const NAMES = [
  ...NEEDS_REPAIR,
  'ThrottlingException',
  'ResourceNotFoundException',
  'InvalidSequenceTokenException',
  'DataAlreadyAcceptedException',
  'InvalidParameterException',
  'ServiceUnavailableException',
  'SerializationException',
  'nobody knows it',
  'a/b',
];
const types = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom('', 'com.amazonaws.cloudwatchlogs#', 'x#'),
    fc.constantFrom('', ':http://a.b/', ',y', '#z'),
  )
  .map(([name, before, after]) => before + name + after);
const texts = fc.constantFrom(
  '',
  'Rate exceeded',
  'Signature expired: 20261128T120000Z is now earlier than 20261128T124500Z (20261128T130000Z - 15 min.)',
  'é\n\n x',
);
const indexes = fc.constantFrom(-1, 0, 1, 3, 5, 9, null);
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const members = fc.record({
  __type: optional(types),
  code: optional(types),
  Code: optional(types),
  message: optional(texts),
  Message: optional(texts),
  name: optional(texts),
  expectedSequenceToken: optional(fc.constantFrom('49', 'null', 7)),
  nextSequenceToken: optional(fc.constant('50')),
  rejectedLogEventsInfo: optional(
    fc.oneof(
      fc.record({
        tooOldLogEventEndIndex: indexes,
        expiredLogEventEndIndex: indexes,
        tooNewLogEventStartIndex: indexes,
      }),
      fc.constantFrom(null, {}),
    ),
  ),
});
const bodies = fc.oneof(
  members.map((all) => JSON.stringify(all)),
  members.map((all) => JSON.stringify(all).slice(0, -2)),
  fc.constantFrom<string | Buffer>(
    '',
    '{}',
    'null',
    '[]',
    '[1]',
    '7',
    '"text"',
    '\uFEFF{}',
    '<html><body>Sign in</body></html>',
    '{"message":',
    gzipSync('{}'),
    Buffer.from('{"message":"\xff"}', 'latin1'),
  ),
);
const headers = fc
  .record({
    'x-amzn-requestid': optional(fc.constantFrom('r-1', '')),
    'x-amzn-request-id': optional(fc.constant('r-2')),
    'x-amz-request-id': optional(fc.constant('r-3')),
    'x-amzn-errortype': optional(types),
    'retry-after': optional(fc.constantFrom('3', '0', 'Wed, 21 Oct 2026 07:28:00 GMT')),
    'x-amz-retry-after': optional(fc.constantFrom('1500', 'x')),
    'content-type': optional(fc.constantFrom('application/x-amz-json-1.1', 'text/html')),
    'content-encoding': optional(fc.constant('gzip')),
    location: optional(fc.constant('http://127.0.0.1:1/')),
    connection: optional(fc.constant('close')),
    date: fc.constantFrom('Sun, 22 Nov 2026 12:00:00 GMT', 'Sat, 22 Nov 2036 12:00:00 GMT', 'x'),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
  );
const statuses = fc.constantFrom(
  200,
  201,
  204,
  299,
  300,
  301,
  304,
  307,
  400,
  403,
  404,
  407,
  413,
  429,
  500,
  503,
  599,
);
const answers: fc.Arbitrary<ScriptedAnswer> = fc.record({ status: statuses, headers, body: bodies });

test('an answer means what it means by the official client: verdict, name, message, advice, wish to wait, dates', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      server.answer = answer;
      lanes.dates.direct.length = lanes.dates.sdk.length = 0;
      expect(await meaning(lanes.direct)).toEqual(await meaning(lanes.sdk));
      expect(lanes.dates.direct).toEqual(lanes.dates.sdk.filter((dateMs) => !Number.isNaN(dateMs)));
    }),
    { numRuns: 300 },
  );
});
