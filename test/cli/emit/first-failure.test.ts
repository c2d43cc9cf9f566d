import { FirstFailure } from '../../../cli/emit/first-failure.js';

function heard(code: string, message: string, isProven = false): { fatal: string[]; failed: Promise<void> } {
  const fatal: string[] = [];
  const first = new FirstFailure(
    () => isProven,
    ({ message: text }) => fatal.push(text),
  );
  const failed = first.failed();
  first.hear({ code, message, occurrences: 1 });
  return { fatal, failed };
}

test('credentials that are missing end the command, with the report as its message', async () => {
  const report =
    'PutLogEvents on /g (stream s) could not be sent, events wait: CredentialsProviderError: none; give some';
  const { fatal, failed } = heard('failed.CredentialsProviderError', report);
  expect(fatal).toEqual([
    'PutLogEvents on /g (stream s) could not be sent: CredentialsProviderError: none; give some',
  ]);
  await failed;
});

test('a service that is away may come back', async () => {
  const { fatal, failed } = heard(
    'failed.ECONNREFUSED',
    'PutLogEvents failed, events wait: connect ECONNREFUSED',
  );
  expect(fatal).toEqual([]);
  await failed;
});

test('a log group that is not to be created ends the command', () => {
  const report =
    'PutLogEvents on /g failed, events wait: ResourceNotFoundException: the log group is missing, and createLogGroup is off; define it';
  expect(heard('failed.ResourceNotFoundException', report).fatal).toEqual([
    'PutLogEvents on /g failed: ResourceNotFoundException: the log group is missing, and is not to be created. ' +
      'Give --create, or correct the name (FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP or --no-create says so)',
  ]);
});

test('once something was delivered, every failure may pass', () => {
  expect(heard('failed.ExpiredTokenException', 'expired', true).fatal).toEqual([]);
});

test.each(['replay.AccessDeniedException', 'settings', 'rejected.expired'])(
  'a report of %s is no failure of these lines',
  (code) => {
    expect(heard(code, 'x').fatal).toEqual([]);
  },
);
