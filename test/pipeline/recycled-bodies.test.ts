import * as fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { withEdges } from '../../runtime/edges.js';
import type { PutAnswer, PutBody } from '../../runtime/send/port.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { errorNamed, FakePort, OK } from '../support/fake-port.js';
import { promisesRun } from '../support/manual-clock.js';

/** What the service makes of a call. */
const REPLIES = {
  stored: () => OK,
  failed: () => errorNamed('ServiceUnavailableException'),
  throttled: () => errorNamed('ThrottlingException'),
  malformed: () => errorNamed('InvalidParameterException'),
  plainOnly: () => errorNamed('UnknownOperationException'),
  tokenDemanded: () => errorNamed('InvalidSequenceTokenException', { expectedSequenceToken: 'next' }),
  discarded: () => ({ ...OK, rejectedLogEventsInfo: { tooOldLogEventEndIndex: 2 } }),
  unproven: () => ({}),
  unanswered: () => 'hang',
} as const;

/** Keeps what it was given, as a socket may, and what that was when it was given. */
class KeepingPort extends FakePort {
  readonly kept: { readonly bytes: Uint8Array; readonly before: Buffer; readonly encoding: string }[] = [];

  override putLogEvents(target: unknown, body: PutBody, signal: AbortSignal): Promise<PutAnswer> {
    this.kept.push({ ...body, before: Buffer.from(body.bytes) });
    return super.putLogEvents(target, body, signal);
  }

  get changed(): number {
    return this.kept.filter(({ bytes, before }) => !before.equals(bytes)).length;
  }

  /** The messages of all calls. */
  get sent(): string[] {
    return this.kept.flatMap(({ before, encoding }) => {
      const text = (encoding === 'gzip' ? gunzipSync(before) : before).toString();
      const { logEvents } = JSON.parse(text) as { logEvents: { message: string }[] };
      return logEvents.map(({ message }) => message);
    });
  }
}

/** A text of its own for each record, so that one that is overwritten by another is found. */
const textOf = (id: number): string => `${id} `.repeat(20_000 / (String(id).length + 1));

function sinkWith(port: KeepingPort, gzip: boolean, stderr: string[]): CloudWatchSink {
  const options = {
    logGroupName: '/g',
    logStreamName: 's',
    region: 'us-east-1',
    gzip,
    batchSize: 6,
    batchTimeoutSeconds: 0.01,
    retryBaseDelay: 0.001,
    requestTimeoutSeconds: 0.05,
    circuitBreakerEnabled: false,
    maxRetries: 4,
    env: {},
    onDiagnostic: () => undefined,
  };
  const writeStderr = (text: string): boolean => stderr.push(text) > 0;
  return new CloudWatchSink(withEdges(options, { port, writeStderr, random: () => 0.5 }));
}

const replies = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('stored' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('failed', 'throttled', 'malformed', 'discarded', 'unproven', 'unanswered'),
    },
    { weight: 1, arbitrary: fc.constantFrom('plainOnly', 'tokenDemanded') },
  ),
  { maxLength: 20 },
);

const steps = fc.array(
  fc.record({ records: fc.nat(14), turns: fc.nat(4), isFlushed: fc.boolean(), looksBackMs: fc.nat(1) }),
  { minLength: 3, maxLength: 12 },
);

test('whatever becomes of the calls, what was sent is what was logged, and stays so for whoever keeps it', async () => {
  await fc.assert(
    fc.asyncProperty(replies, steps, fc.boolean(), fc.constantFrom(0, 5_000), async (...given) => {
      const [kinds, taken, gzip, deadlineMs] = given;
      const port = new KeepingPort({
        putLogEvents: kinds.map((kind) => REPLIES[kind]()),
      });
      const stderr: string[] = [];
      const sink = sinkWith(port, gzip, stderr);
      let logged = 0;
      for (const { records, turns, isFlushed, looksBackMs } of taken) {
        for (let each = 0; each < records; each++)
          sink.write({
            timeMs: Date.now() - (each % 5 === 4 ? looksBackMs : 0),
            level: 'info',
            message: textOf(logged++),
            fields: [],
          });
        if (isFlushed) await sink.flush({ deadlineMs: 20 });
        for (let turn = 0; turn < turns; turn++) await promisesRun();
      }
      const report = await sink.close({ deadlineMs });

      expect(isBalanced(report) && report.pending === 0).toBe(true);
      expect(port.changed).toBe(0);
      const texts = new Set(Array.from({ length: logged }, (_, id) => textOf(id)));
      const diverted = stderr
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => (JSON.parse(line) as { message: string }).message);
      for (const line of [...port.sent, ...diverted])
        expect(texts.has((JSON.parse(line) as { message: string }).message)).toBe(true);
    }),
    { numRuns: 25 },
  );
});
