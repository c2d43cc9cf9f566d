import { isPassing, PatientCaller, repeatDelayMs } from '../../../cli/tail/patient-caller.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

function error(name: string, members: object = {}, message = 'text'): Error {
  return Object.assign(new Error(message), { name }, members);
}

const THROTTLED = error('ThrottlingException', { $metadata: { httpStatusCode: 400 } }, 'Rate exceeded');
const RESET = error('Error', { code: 'ECONNRESET' }, 'read ECONNRESET');

function caller(clock: ManualClock, signal = new AbortController().signal, spacingMs = 0) {
  const notices: string[] = [];
  return {
    notices,
    caller: new PatientCaller({ clock, signal, spacingMs, notice: (line) => notices.push(line) }),
  };
}

/** Fails by these, one call each, and counts. */
function failing(...failures: readonly Error[]): {
  readonly work: () => Promise<string>;
  readonly calls: () => number;
} {
  let calls = 0;
  const work = (): Promise<string> => {
    const failure = failures[calls++];
    return failure === undefined ? Promise.resolve('answer') : Promise.reject(failure);
  };
  return { work, calls: () => calls };
}

test('a call that fails for a while is repeated, later each time, and each time it is said', async () => {
  const clock = new ManualClock();
  const { notices, caller: patient } = caller(clock);
  const { work } = failing(RESET, RESET, THROTTLED);

  const answer = patient.call('FilterLogEvents of /a', work);
  for (let step = 0; step < 14; step += 1) {
    await promisesRun();
    clock.advance(1_000);
  }

  expect(await answer).toBe('answer');
  expect(clock.delays).toEqual([1_000, 2_000, 8_000]);
  expect(notices).toEqual([
    'FilterLogEvents of /a: read ECONNRESET; trying again in 1 s',
    'FilterLogEvents of /a: read ECONNRESET; trying again in 2 s',
    'FilterLogEvents of /a: ThrottlingException: Rate exceeded; trying again in 8 s',
  ]);
});

test('the delay grows to half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((failures) => repeatDelayMs(RESET, failures))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(repeatDelayMs(THROTTLED, 0)).toBe(2_000);
});

test('calls begin at a distance', async () => {
  const clock = new ManualClock();
  const { caller: patient } = caller(clock, undefined, 250);
  const begun: number[] = [];

  const calls = (async () => {
    for (let call = 0; call < 3; call += 1) await patient.call('x', async () => begun.push(clock.now()));
  })();
  for (let step = 0; step < 12; step += 1) {
    await promisesRun();
    clock.advance(50);
  }
  await calls;

  expect(begun).toEqual([0, 250, 500]);
});

test('what waiting does not mend is thrown at once', async () => {
  const { notices, caller: patient } = caller(new ManualClock());
  const refused = error('InvalidParameterException', { $metadata: { httpStatusCode: 400 } });

  await expect(patient.call('x', failing(refused).work)).rejects.toBe(refused);
  expect(notices).toEqual([]);
});

test('the end of the command ends the wait, and no call follows', async () => {
  const controller = new AbortController();
  const { caller: patient } = caller(new ManualClock(), controller.signal);
  const { work, calls } = failing(RESET, RESET);

  const call = patient.call('x', work);
  await promisesRun();
  controller.abort('SIGINT');

  await expect(call).rejects.toBe('SIGINT');
  expect(calls()).toBe(1);
});

test.each([
  ['a limit', THROTTLED, true],
  ['a broken connection', RESET, true],
  ['a server that is gone', error('Error', { code: 'ECONNREFUSED' }), true],
  ['a time-out', error('TimeoutError'), true],
  ['HTTP 503', error('ServiceUnavailableException', { $metadata: { httpStatusCode: 503 } }), true],
  ['HTTP 400', error('InvalidOperationException', { $metadata: { httpStatusCode: 400 } }), false],
  ['no access', error('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }), false],
  ['nothing there', error('ResourceNotFoundException', { $metadata: { httpStatusCode: 400 } }), false],
  ['no credentials', error('CredentialsProviderError'), false],
  ['a mistake of ours', new TypeError('x is not a function'), false],
  ['another one', error('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }), false],
])('whether %s passes', (_, failure, passes) => {
  expect(isPassing(failure)).toBe(passes);
});
