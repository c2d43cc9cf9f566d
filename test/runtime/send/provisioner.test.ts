import { Provisioner, type ProvisionerOptions } from '../../../runtime/send/provisioner.js';
import { errorNamed, FakePort } from '../../support/fake-port.js';
import { TARGET } from '../../support/events.js';

const { signal } = new AbortController();
const DEFAULTS: ProvisionerOptions = {
  createLogGroup: true,
  createLogStream: true,
  retentionInDays: undefined,
  waitsForStreams: true,
};

const MISSING = errorNamed('ResourceNotFoundException');
const EXISTS = errorNamed('ResourceAlreadyExistsException');
const DENIED = errorNamed('AccessDeniedException');
const THROTTLED = errorNamed('ThrottlingException');

function bench(
  port: FakePort,
  options: Partial<ProvisionerOptions> = {},
): { provisioner: Provisioner; failures: string[] } {
  const failures: string[] = [];
  const provisioner = new Provisioner(
    port,
    { ...DEFAULTS, ...options },
    { failed: (step, _target, error) => void failures.push(`${step} ${(error as Error).name}`) },
  );
  return { provisioner, failures };
}

interface Story {
  readonly stream?: (Error | 'ok')[];
  readonly group?: (Error | 'ok')[];
  readonly retention?: (Error | 'ok')[];
  readonly options?: Partial<ProvisionerOptions>;
  readonly calls: string[];
  readonly failures?: string[];
  readonly outcome?: object;
}

const slow = (reason: string): object => ({ kind: 'retry', ladder: 'slow', reason });

test.each<[string, Story]>([
  ['the group is there: the stream alone', { calls: ['createLogStream'] }],
  ['somebody else made the stream', { stream: [EXISTS], calls: ['createLogStream'] }],
  [
    'the group is missing: group, then stream',
    { stream: [MISSING], calls: ['createLogStream', 'createLogGroup', 'createLogStream'] },
  ],
  [
    'with a retention: group, retention, stream',
    {
      stream: [MISSING],
      options: { retentionInDays: 14 },
      calls: ['createLogStream', 'createLogGroup', 'putRetentionPolicy 14', 'createLogStream'],
    },
  ],
  [
    'somebody else made the group: on to the next step',
    {
      stream: [MISSING],
      group: [EXISTS],
      options: { retentionInDays: 14 },
      calls: ['createLogStream', 'createLogGroup', 'putRetentionPolicy 14', 'createLogStream'],
    },
  ],
  [
    'somebody else made both',
    {
      stream: [MISSING, EXISTS],
      group: [EXISTS],
      calls: ['createLogStream', 'createLogGroup', 'createLogStream'],
    },
  ],
  [
    'a denied group does not stop the stream',
    { stream: [MISSING], group: [DENIED], calls: ['createLogStream', 'createLogGroup', 'createLogStream'] },
  ],
  [
    'a denied group that stays missing is what is told',
    {
      stream: [MISSING, MISSING],
      group: [DENIED],
      calls: ['createLogStream', 'createLogGroup', 'createLogStream'],
      failures: ['CreateLogGroup AccessDeniedException'],
      outcome: slow('AccessDeniedException'),
    },
  ],
  [
    'a denied retention costs nothing but a word',
    {
      stream: [MISSING],
      retention: [DENIED],
      options: { retentionInDays: 1 },
      calls: ['createLogStream', 'createLogGroup', 'putRetentionPolicy 1', 'createLogStream'],
      failures: ['PutRetentionPolicy AccessDeniedException'],
    },
  ],
  [
    'a denied stream',
    {
      stream: [DENIED],
      calls: ['createLogStream'],
      failures: ['CreateLogStream AccessDeniedException'],
      outcome: slow('AccessDeniedException'),
    },
  ],
  [
    'a throttled stream',
    {
      stream: [THROTTLED],
      calls: ['createLogStream'],
      failures: ['CreateLogStream ThrottlingException'],
      outcome: { kind: 'retry', ladder: 'creation', reason: 'ThrottlingException' },
    },
  ],
  [
    'a throttled second attempt',
    {
      stream: [MISSING, THROTTLED],
      calls: ['createLogStream', 'createLogGroup', 'createLogStream'],
      failures: ['CreateLogStream ThrottlingException'],
      outcome: { kind: 'retry', ladder: 'creation', reason: 'ThrottlingException' },
    },
  ],
  [
    'a group that vanishes again',
    {
      stream: [MISSING, MISSING],
      calls: ['createLogStream', 'createLogGroup', 'createLogStream'],
      failures: ['CreateLogStream ResourceNotFoundException'],
      outcome: slow('ResourceNotFoundException'),
    },
  ],
  [
    'a malformed name is no batch that could be divided',
    {
      stream: [errorNamed('InvalidParameterException')],
      calls: ['createLogStream'],
      failures: ['CreateLogStream InvalidParameterException'],
      outcome: slow('InvalidParameterException'),
    },
  ],
  [
    'creating streams is switched off: no call at all',
    {
      options: { createLogStream: false },
      calls: [],
      failures: ['PutLogEvents ResourceNotFoundException'],
      outcome: slow('ResourceNotFoundException'),
    },
  ],
  [
    'creating groups is switched off',
    {
      stream: [MISSING],
      options: { createLogGroup: false, retentionInDays: 14 },
      calls: ['createLogStream'],
      failures: ['CreateLogStream ResourceNotFoundException'],
      outcome: slow('ResourceNotFoundException'),
    },
  ],
])('%s', async (_, { stream = [], group = [], retention = [], options, calls, failures = [], outcome }) => {
  const port = new FakePort({
    createLogStream: [...stream],
    createLogGroup: [...group],
    putRetentionPolicy: [...retention],
  });
  const made = bench(port, options);
  const result = await made.provisioner.provision(TARGET, signal);
  expect(port.calls).toEqual(calls);
  expect(made.failures).toEqual(failures);
  if (outcome) expect(result).toEqual(expect.objectContaining(outcome));
  else expect(result).toBeUndefined();
});

test('callers that come while it runs share one creation, and its failure', async () => {
  const port = new FakePort({ createLogStream: [DENIED] });
  const { provisioner, failures } = bench(port);
  const outcomes = await Promise.all([1, 2, 3].map(() => provisioner.provision(TARGET, signal)));
  expect(outcomes).toEqual(Array(3).fill(expect.objectContaining(slow('AccessDeniedException'))));
  expect([port.calls, failures]).toEqual([['createLogStream'], ['CreateLogStream AccessDeniedException']]);
});

test('two streams are created at the same time, each once', async () => {
  const port = new FakePort();
  const { provisioner } = bench(port);
  const targets = [TARGET, { ...TARGET, logStreamName: 'api-2' }, { ...TARGET }];
  await Promise.all(targets.map((target) => provisioner.provision(target, signal)));
  expect(port.calls).toEqual(['createLogStream', 'createLogStream']);
});

test('no other failure is remembered: it tries anew, and what is deleted again comes back', async () => {
  const port = new FakePort({ createLogStream: [DENIED] });
  const { provisioner } = bench(port);
  expect(await provisioner.provision(TARGET, signal)).toMatchObject({ kind: 'retry' });
  expect(await provisioner.provision(TARGET, signal)).toBeUndefined();
  expect(await provisioner.provision(TARGET, signal)).toBeUndefined();
  expect(port.calls).toEqual(['createLogStream', 'createLogStream', 'createLogStream']);
});

describe('a target that could not be made because too many are', () => {
  const OTHER = { ...TARGET, logStreamName: 'api-2' };

  test('is awaited until it is made; another one is not', async () => {
    const { provisioner } = bench(new FakePort({ createLogStream: [THROTTLED, THROTTLED] }));
    expect(provisioner.isAwaited(TARGET)).toBe(false);
    for (const isAwaited of [true, true, false]) {
      await provisioner.provision(TARGET, signal);
      expect([provisioner.isAwaited({ ...TARGET }), provisioner.isAwaited(OTHER)]).toEqual([
        isAwaited,
        false,
      ]);
    }
  });

  test.each([
    ['somebody else made it', EXISTS],
    ['creation fails otherwise, so that a call finds out what it is', DENIED],
    ['creation has no answer', errorNamed('TimeoutError')],
  ])('is forgotten once %s', async (_, reply) => {
    const { provisioner } = bench(new FakePort({ createLogStream: [THROTTLED, reply] }));
    await provisioner.provision(TARGET, signal);
    await provisioner.provision(TARGET, signal);
    expect(provisioner.isAwaited(TARGET)).toBe(false);
  });

  test('is awaited as well where it is its group', async () => {
    const port = new FakePort({ createLogStream: [MISSING, MISSING], createLogGroup: [THROTTLED] });
    const { provisioner } = bench(port);
    expect(await provisioner.provision(TARGET, signal)).toMatchObject({ ladder: 'creation' });
    expect(provisioner.isAwaited(TARGET)).toBe(true);
  });

  test('is not remembered by who does not wait for streams', async () => {
    const { provisioner } = bench(new FakePort({ createLogStream: [THROTTLED] }), { waitsForStreams: false });
    expect(await provisioner.provision(TARGET, signal)).toMatchObject({ ladder: 'throttle' });
    expect(provisioner.isAwaited(TARGET)).toBe(false);
  });
});

test('an abort ends it with a failure, of which nothing is said: we did it', async () => {
  const abort = new AbortController();
  const { provisioner, failures } = bench(new FakePort({ createLogStream: ['hang'] }));
  const outcome = provisioner.provision(TARGET, abort.signal);
  abort.abort();
  expect(await outcome).toMatchObject({ kind: 'retry', reason: 'AbortError' });
  expect(failures).toEqual([]);
});
