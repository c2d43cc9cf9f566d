import { FailureReport } from '../../../runtime/send/failure-report.js';
import { Diagnostics, type Diagnostic } from '../../../runtime/io/diagnostics.js';
import { ManualClock } from '../../support/manual-clock.js';
import { errorNamed } from '../../support/fake-port.js';
import { TARGET } from '../../support/events.js';

function told(tell: (report: FailureReport) => void): [string, string][] {
  const heard: Diagnostic[] = [];
  const diagnostics = new Diagnostics(
    new ManualClock(),
    () => undefined,
    (diagnostic) => heard.push(diagnostic),
  );
  tell(new FailureReport(diagnostics, TARGET, new ManualClock()));
  return heard.map(({ code, message }) => [code, message]);
}

const PLACE = 'on /myapp/production (stream api-server) failed, events wait';

test.each([
  ['InternalFailure', ''],
  [
    'LimitExceededException',
    '; a quota of the account is used up: delete what is not needed, or have it raised',
  ],
])('%s', (name, advice) => {
  expect(told((report) => report.failed('PutLogEvents', TARGET, errorNamed(name)))).toEqual([
    [`failed.${name}`, `PutLogEvents ${PLACE}: ${name}: this is ${name}${advice}`],
  ]);
});

test.each([
  'RegionMissing',
  'RegionMalformed',
  'CredentialsProviderError',
  'AssumeRoleRefused',
  'SdkMissing',
])('%s comes before the call, which therefore did not fail', (name) => {
  const [[, message] = []] = told((report) => report.failed('PutLogEvents', TARGET, errorNamed(name)));

  expect(message).toMatch(
    /^PutLogEvents on \/myapp\/production \(stream api-server\) could not be sent, events wait: /,
  );
});

test.each([
  [
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    'connect ECONNREFUSED 127.0.0.1:1',
  ],
  [Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' }), 'ENOENT: no such file'],
  [
    Object.assign(new Error('self-signed certificate'), { code: 'X_CERT' }),
    'X_CERT: self-signed certificate',
  ],
  [Object.assign(new Error('several\n  lines\n'), { name: 'SyntaxError' }), 'SyntaxError: several lines'],
  [
    Object.assign(new Error(''), {
      code: 'ECONNREFUSED',
      errors: [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')],
    }),
    'connect ECONNREFUSED ::1:1, connect ECONNREFUSED 127.0.0.1:1',
  ],
])('%o has its name once, in one line', (error, text) => {
  let last: string | undefined;
  told((report) => {
    report.failed('CreateLogStream', TARGET, error);
    last = report.last?.message;
  });

  expect(last).toBe(text);
});

test('what failed without an error has its reason', () => {
  expect(told((report) => report.failed('PutLogEvents', TARGET, undefined, 'noRequestId'))).toEqual([
    ['failed.noRequestId', `PutLogEvents ${PLACE}: noRequestId`],
  ]);
  expect(told((report) => report.failed('PutLogEvents', TARGET, 'odd'))).toEqual([
    ['failed.unknown', `PutLogEvents ${PLACE}: unknown`],
  ]);
});

test('what another process left in the spool is told apart, and says nothing of this one', () => {
  const target = { ...TARGET, logStreamName: 'api-1' };
  let last: unknown = 'unknown';
  const [[code, message] = []] = told((report) => {
    report.failed('PutLogEvents', target, errorNamed('AccessDeniedException'));
    last = report.last;
  });

  expect([code, last]).toEqual(['replay.AccessDeniedException', undefined]);
  expect(message).toContain(
    'on /myapp/production (stream api-1) failed, events wait in the spool: AccessDenied',
  );
});
