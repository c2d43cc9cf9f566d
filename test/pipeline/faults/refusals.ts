import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, until, type DeliveryStage } from '../../support/delivery-stage.js';
import type { Scenario } from './scenario.js';

const FOR_EVER = Number.POSITIVE_INFINITY;

/** The service answers, and says no. */
export const refusals: readonly Scenario[] = [
  {
    name: 'none',
    run: (stage) => stage.logMany(1_000),
    check: (_, { puts, service }) => {
      expect(puts).toHaveLength(20);
      expect(service.calls.some(({ operation }) => operation.startsWith('Describe'))).toBe(false);
    },
  },
  ...[20, 80].map((percent): Scenario => ({
    name: `${percent} % of the calls throttled`,
    async run(stage) {
      stage.inject({ kind: 'throttle', probability: percent / 100, times: FOR_EVER });
      await stage.logMany(1_000);
      await stage.sink.flush();
    },
    says: ['failed.ThrottlingException'],
    check: (_, { puts, sink }) => {
      expect(puts.filter(({ status }) => status === 200)).toHaveLength(20);
      expect(sink.stats().circuitBreaker).toBe('closed');
    },
  })),
  {
    name: 'throttled, with a wish when to come back',
    async run(stage) {
      stage.inject({ kind: 'throttle', retryAfterSeconds: 1 });
      await stage.logMany(50);
      await stage.sink.flush();
    },
    says: ['failed.ThrottlingException'],
    check: (_, { puts }) => {
      const [refused, taken] = puts;
      expect(puts).toHaveLength(2);
      expect(taken!.receivedAtMs - refused!.settledAtMs).toBeGreaterThanOrEqual(990);
    },
  },
  {
    name: '503 six times in a row: the circuit breaker opens',
    // Compressed, the first refusals would be taken for a dislike of gzip.
    options: { sink: { gzip: false } },
    async run(stage) {
      stage.inject({ kind: 'unavailable', times: 6 });
      await stage.logMany(500);
      await until(() => stage.sink.stats().circuitBreaker === 'open');
      await stage.sink.flush();
    },
    says: ['failed.ServiceUnavailableException'],
  },
  {
    name: '500 to half of the calls',
    async run(stage) {
      stage.inject({ kind: 'internal', probability: 0.5, times: FOR_EVER });
      await stage.logMany(1_000);
      await stage.sink.flush();
    },
    says: ['failed.InternalFailure'],
  },
  {
    name: 'permission missing, granted later',
    async run(stage) {
      stage.inject({ kind: 'accessDenied', times: FOR_EVER });
      await stage.logMany(500);
      await pause(300);
      expect(stage.sink.stats()).toMatchObject({ delivered: 0, pending: 500 });
      stage.clearFaults();
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.AccessDeniedException'],
    check: (_, { stderr }) => {
      // Once a minute, however often it fails, and with what to do.
      expect(stderr).toHaveLength(1);
      expect(stderr[0]).toMatch(
        /allow logs:PutLogEvents on arn:aws:logs:us-east-1:\d{12}:log-group:\/myapp\/production:log-stream:api-server/,
      );
      expect(stderr[0]).toContain('CloudWatchLogging.bindTo');
    },
  },
  {
    name: 'credentials expired, valid again later',
    async run(stage) {
      stage.inject({ kind: 'expiredCredentials', times: FOR_EVER });
      await stage.logMany(500);
      await pause(300);
      stage.clearFaults();
      await stage.sink.flush();
    },
    says: ['failed.ExpiredTokenException'],
    check: (_, { stderr }) => {
      expect(stderr).toHaveLength(1);
      expect(stderr[0]).toContain('AWS_SESSION_TOKEN have expired: start the process with others');
    },
  },
  {
    name: 'credentials rotated on disk, and the old ones refused',
    async run(stage) {
      await withCredentialsFile(async (rotate) => {
        rotate('AKIDOLD');
        await stage.logMany(500);
        await stage.sink.flush();
        stage.inject({
          kind: 'error',
          status: 400,
          errorName: 'UnrecognizedClientException',
          message: 'The security token included in the request is invalid.',
          times: FOR_EVER,
          when: ({ accessKeyId }) => accessKeyId === 'AKIDOLD',
        });
        await stage.logMany(500);
        await until(() => refusedCalls(stage) > 2);
        rotate('AKIDNEW');
        await stage.sink.flush();
      });
    },
    says: ['failed.UnrecognizedClientException'],
    check: (_, { puts }) => expect(puts.at(-1)?.accessKeyId).toBe('AKIDNEW'),
  },
  {
    name: 'a quota of the account used up for a while',
    async run(stage) {
      const limit = {
        kind: 'error',
        status: 400,
        errorName: 'LimitExceededException',
        message: 'No.',
      } as const;
      stage.inject({ ...limit, times: 3 });
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.delete('stream');
      stage.inject({ ...limit, operation: 'CreateLogStream', times: 2 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.LimitExceededException'],
    check: (_, stage) => expect(stage.callsOf('CreateLogStream')).toHaveLength(3),
  },
  {
    name: 'compressed calls refused',
    options: { sink: { maxConcurrency: 1 } },
    async run(stage) {
      stage.inject({ kind: 'refuseGzip' });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    check: (_, { puts }) => {
      const plain = Array.from({ length: 10 }, () => 'identity');
      expect(puts.map(({ encoding }) => encoding)).toEqual(['gzip', ...plain]);
    },
  },
  {
    name: 'answers without request id, nothing stored',
    async run(stage) {
      stage.inject({ kind: 'noRequestId', times: 3 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.noRequestId'],
  },
  {
    name: 'answers without request id, events stored',
    async run(stage) {
      stage.inject({ kind: 'noRequestId', stored: true, times: 3 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    repeatedCalls: 3,
    says: ['failed.noRequestId'],
  },
  {
    name: 'answers whose JSON is cut',
    async run(stage) {
      stage.inject({ kind: 'cutBody', times: 3 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    repeatedCalls: 3,
    says: ['failed.SyntaxError'],
  },
];

function refusedCalls({ puts }: DeliveryStage): number {
  return puts.filter(({ status }) => status === 400).length;
}

/** Lets the process find its credentials in a file, and nowhere else. */
async function withCredentialsFile(
  use: (rotate: (accessKeyId: string) => void) => Promise<void>,
): Promise<void> {
  const before = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  const file = join(folder, 'credentials');
  process.env = { ...before, AWS_SHARED_CREDENTIALS_FILE: file };
  delete process.env['AWS_ACCESS_KEY_ID'];
  try {
    await use((accessKeyId) =>
      writeFileSync(file, `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = secret\n`),
    );
  } finally {
    process.env = before;
    rmSync(folder, { recursive: true });
  }
}
