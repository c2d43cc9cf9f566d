import { isBalanced } from 'fapilog-cloudwatch';
import type { Target } from '../../runtime/batch/target.js';
import type { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { SinkBench } from '../support/sink-against-server.js';
import { StsStub } from '../support/sts-stub.js';

const ROLE_ARN = 'arn:aws:iam::210987654321:role/log-writer';

let bench: SinkBench;
let sts: StsStub;
let target: Target;

beforeEach(async () => {
  bench = await SinkBench.start();
  sts = await StsStub.start();
  process.env['AWS_ENDPOINT_URL_STS'] = sts.endpoint;
  target = await bench.created(bench.newTarget());
});

afterEach(async () => {
  await bench.stop();
  await sts.stop();
});

function sinkWithRole(options: CloudWatchSinkOptions = {}): CloudWatchSink {
  return bench.sink({ ...target, roleArn: ROLE_ARN, retryBaseDelay: 0.005, ...options });
}

async function deliver(sink: CloudWatchSink, message: string): Promise<void> {
  sink.write({ timeMs: bench.nowMs, level: 'info', message, fields: [] });
  await sink.flush({ deadlineMs: 10_000 });
}

/** Who signed the calls to the stream, and how they ended. */
function signers(): string[] {
  return bench.puts(target).map(({ accessKeyId, status }) => `${accessKeyId} ${status}`);
}

test('events are signed by the role, which the credentials of the process have assumed once', async () => {
  const sink = sinkWithRole({ externalId: 'tenant-7' });

  await deliver(sink, 'one');
  await deliver(sink, 'two');

  expect(signers()).toEqual(['ASSUMED1 200', 'ASSUMED1 200']);
  expect(sts.calls).toEqual([
    {
      params: {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: ROLE_ARN,
        RoleSessionName: expect.stringMatching(new RegExp(`^fapilog-[\\w+=,.@-]+-${process.pid}$`)),
        ExternalId: 'tenant-7',
      },
      accessKeyId: 'AKIDLOCAL',
      region: 'us-east-1',
    },
  ]);
});

test('without an external ID none is sent', async () => {
  await deliver(sinkWithRole(), 'one');

  expect(sts.calls.map(({ params }) => Object.keys(params))).toEqual([
    ['Action', 'Version', 'RoleArn', 'RoleSessionName'],
  ]);
});

test('without a role nobody asks STS', async () => {
  await deliver(bench.sink({ ...target }), 'one');

  expect(signers()).toEqual(['AKIDLOCAL 200']);
  expect(sts.calls).toEqual([]);
});

test.each([
  ['an hour ahead of ours', 3_600_000],
  ['20 minutes behind ours', -1_200_000],
])(
  'where the clock of STS is %s, the first call fails, and the next one is signed by its time',
  async (_, aheadMs) => {
    sts.aheadMs = aheadMs;

    await deliver(sinkWithRole(), 'one');

    expect(sts.calls).toHaveLength(2);
    expect(signers()).toEqual(['ASSUMED1 200']);
    expect(bench.stderr.join('')).toMatch(/SignatureDoesNotMatch.*the clock of this machine is \d+ s/);
  },
);

test('a clock that is set right afterwards is learned in the same way', async () => {
  const sink = sinkWithRole();
  sts.aheadMs = 3_600_000;
  await deliver(sink, 'one');
  sts.aheadMs = 0;
  bench.server.inject({ kind: 'expiredCredentials' });
  await deliver(sink, 'two');

  expect(signers().filter((signer) => signer.endsWith('200'))).toEqual(['ASSUMED1 200', 'ASSUMED2 200']);
});

test('a refusal is told, tried again, and nothing is lost', async () => {
  const refusal = { kind: 'error', status: 403, code: 'AccessDenied' } as const;
  sts.answer(refusal, refusal);
  const sink = sinkWithRole();

  await deliver(sink, 'one');
  const report = await sink.close({ deadlineMs: 5_000 });

  expect(report).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
  expect(isBalanced(report)).toBe(true);
  expect(sts.calls).toHaveLength(3);
  expect(signers()).toEqual(['ASSUMED1 200']);
  expect(bench.stderr.join('')).toContain(
    `AssumeRoleRefused: cannot assume ${ROLE_ARN}: AccessDenied: no; allow sts:AssumeRole on the role`,
  );
});

test('an answer that never comes does not stop delivery', async () => {
  sts.answer({ kind: 'hang' });
  const sink = sinkWithRole({ requestTimeoutSeconds: 0.4 });

  await deliver(sink, 'one');

  expect(sts.calls).toHaveLength(2);
  expect(signers()).toEqual(['ASSUMED1 200']);
});

test('a failure of STS is not held against compression', async () => {
  sts.answer({ kind: 'error', status: 500, code: 'InternalFailure' });

  await deliver(sinkWithRole(), 'x'.repeat(2_000));

  expect(bench.puts(target).map(({ encoding }) => encoding)).toEqual(['gzip']);
});

test('credentials about to expire are asked for again, while the old ones are used', async () => {
  sts.answer({ kind: 'credentials', lifetimeMs: 2_000 });
  const sink = sinkWithRole();

  await deliver(sink, 'one');
  while (sts.calls.length < 2) await deliver(sink, 'more');
  while (!signers().at(-1)?.startsWith('ASSUMED2')) await deliver(sink, 'last');

  expect(sts.calls).toHaveLength(2);
  expect(signers().every((each) => each.endsWith(' 200'))).toBe(true);
});

test('short-lived credentials are asked for once, not with each flush', async () => {
  sts.answer({ kind: 'credentials', lifetimeMs: 240_000 });
  const sink = sinkWithRole();

  for (let flush = 0; flush < 20; flush++) await deliver(sink, `number ${flush}`);

  expect(signers()).toEqual(Array.from({ length: 20 }, () => 'ASSUMED1 200'));
  expect(sts.calls).toHaveLength(1);
});

test('credentials that the service refuses are asked for again', async () => {
  bench.server.inject({ kind: 'expiredCredentials' });
  const sink = sinkWithRole();

  await deliver(sink, 'one');

  expect(signers()).toEqual(['ASSUMED1 400', 'ASSUMED2 200']);
});
