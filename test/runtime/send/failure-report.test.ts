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
const GRANT =
  'on the streams of /myapp/production: CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does';

test.each([
  ['InternalFailure', ''],
  ['ThrottlingException', ''],
  ['AccessDeniedException', `; allow logs:PutLogEvents ${GRANT}`],
  ['AccessDenied', `; allow logs:PutLogEvents ${GRANT}`],
  ['ExpiredTokenException', '; check the credentials and the clock of this process'],
  ['CredentialsProviderError', '; check the credentials and the clock of this process'],
  ['LimitExceededException', '; a quota of the account is used up'],
  ['RegionMissing', ''],
])('%s', (name, advice) => {
  expect(told((report) => report.failed('PutLogEvents', TARGET, errorNamed(name)))).toEqual([
    [`failed.${name}`, `PutLogEvents ${PLACE}: ${name}: this is ${name}${advice}`],
  ]);
});

test('the operation is the one that was refused', () => {
  expect(
    told((report) => report.failed('CreateLogStream', TARGET, errorNamed('AccessDeniedException')))[0]?.[1],
  ).toContain(`allow logs:CreateLogStream ${GRANT}`);
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
