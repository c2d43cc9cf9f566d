import { Durations } from '../../../bench/fleet/durations.js';
import { Service, type Outage, type ServiceOptions } from '../../../bench/fleet/service.js';
import { Timeline } from '../../../bench/fleet/timeline.js';
import { seeded } from '../../../tools/soak/seeded.js';

const STREAM = 'stream';

/** A service, and what became of each of its calls. */
class Stage {
  readonly timeline = new Timeline();
  readonly service: Service;
  readonly stored: number[] = [];
  readonly answers: { readonly answer: string; readonly atMs: number }[] = [];

  constructor(options: Partial<ServiceOptions> = {}, random: () => number = () => 0.5) {
    const quotas = { PutLogEvents: 10, CreateLogStream: 2 };
    this.service = new Service({ quotas, medianLatencyMs: 30, ...options }, this.timeline, random);
    this.service.provide(STREAM);
  }

  put(stream: string | undefined = STREAM): void {
    this.#hear(this.service.put(stream, () => this.stored.push(this.timeline.monotonic())));
  }

  create(stream: string): void {
    this.#hear(this.service.createStream(stream));
  }

  async run(untilMs: number): Promise<void> {
    await this.timeline.run(untilMs, () => undefined);
  }

  /** How many calls had each answer. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { answer } of this.answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  }

  #hear(call: Promise<void>): void {
    const note = (answer: string): void =>
      void this.answers.push({ answer, atMs: this.timeline.monotonic() });
    call.then(
      () => note('ok'),
      (error: unknown) => note((error as Error).name),
    );
  }
}

test('all callers share a quota: the calls of a second can come at once, then as many as a second brings', async () => {
  const stage = new Stage();
  for (let call = 0; call < 8; call++) stage.put();
  for (let call = 0; call < 4; call++) stage.put(undefined);
  await stage.run(1_000);
  expect(stage.counts).toEqual({ ok: 10, ThrottlingException: 2 });

  for (let call = 0; call < 12; call++) stage.put();
  await stage.run(1_300);
  for (let call = 0; call < 12; call++) stage.put();
  await stage.run(2_000);

  expect(stage.counts).toEqual({ ok: 23, ThrottlingException: 13 });
});

test('each operation has a quota of its own', async () => {
  const stage = new Stage();
  for (let call = 0; call < 11; call++) stage.put();
  for (let call = 0; call < 3; call++) stage.create(`stream-${call}`);
  await stage.run(900);

  expect(stage.service.seconds).toEqual({
    PutLogEvents: [{ accepted: 10, throttled: 1, failed: 0 }],
    CreateLogStream: [{ accepted: 2, throttled: 1, failed: 0 }],
  });
});

test('a quota of less than a call a second grants the first one at once, and the next one in its time', async () => {
  const stage = new Stage({ quotas: { PutLogEvents: 10, CreateLogStream: 0.5 } });
  for (const atMs of [0, 1_999, 2_000]) {
    await stage.run(atMs);
    stage.create('new');
  }
  await stage.run(3_000);

  expect(stage.counts).toEqual({ ok: 2, ThrottlingException: 1 });
});

test('calls are counted in the second in which they were made', async () => {
  const stage = new Stage({ medianLatencyMs: 500 });
  await stage.run(999);
  stage.put();
  await stage.run(3_000);
  stage.put();
  await stage.run(4_000);

  const one = { accepted: 1, throttled: 0, failed: 0 };
  expect(Object.entries(stage.service.seconds.PutLogEvents)).toEqual([
    ['0', one],
    ['3', one],
  ]);
});

test('events are stored when the answer comes, and refusals come soon', async () => {
  const stage = new Stage({ quotas: { PutLogEvents: 1, CreateLogStream: 1 } }, seeded(3));
  stage.put();
  stage.put();
  await stage.run(10_000);

  expect(stage.answers).toEqual([
    { answer: 'ThrottlingException', atMs: 10 },
    { answer: 'ok', atMs: stage.stored[0] },
  ]);
  expect(stage.stored).toHaveLength(1);
});

test('errors have the name and the status of the service', async () => {
  const outages: Outage[] = [{ fromMs: 100, untilMs: 200 }];
  const { service, timeline } = new Stage({ quotas: { PutLogEvents: 1, CreateLogStream: 1 }, outages });
  const errors: unknown[] = [];
  const call = (stream: string): void =>
    void service.put(stream, () => undefined).catch((error: unknown) => errors.push(error));
  call('missing');
  await timeline.run(50, () => undefined);
  call(STREAM);
  await timeline.run(100, () => undefined);
  call(STREAM);
  await timeline.run(200, () => undefined);

  expect(errors).toMatchObject([
    { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } },
    { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } },
    { name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 503 } },
  ]);
});

test('a call to a stream that is not there costs a call of the quota, and stores nothing until the stream is made', async () => {
  const stage = new Stage({ quotas: { PutLogEvents: 2, CreateLogStream: 2 } });
  stage.put('new');
  stage.create('new');
  // The answer to the creation is under way.
  stage.put('new');
  await stage.run(400);
  expect(stage.counts).toEqual({ ResourceNotFoundException: 2, ok: 1 });
  stage.put('new');
  await stage.run(900);
  expect(stage.counts).toEqual({ ResourceNotFoundException: 2, ok: 1, ThrottlingException: 1 });

  stage.put('new');
  await stage.run(2_000);

  expect(stage.stored).toHaveLength(1);
});

test('an outage begins and ends to the millisecond, and takes nothing from the quota', async () => {
  const stage = new Stage({
    quotas: { PutLogEvents: 2, CreateLogStream: 1 },
    outages: [{ fromMs: 100, untilMs: 200 }],
  });
  for (const atMs of [99, 100, 199, 200]) {
    await stage.run(atMs);
    stage.put();
  }
  stage.create('new');
  await stage.run(1_099);
  stage.put();
  await stage.run(2_000);

  expect(stage.service.seconds.PutLogEvents).toEqual([
    { accepted: 2, throttled: 0, failed: 2 },
    { accepted: 1, throttled: 0, failed: 0 },
  ]);
  expect(stage.stored).toHaveLength(3);
});

// Known: a creation that fails makes the stream all the same.
test('nothing is created in an outage', async () => {
  const stage = new Stage({ outages: [{ fromMs: 0, untilMs: 100 }] });
  stage.create('new');
  await stage.run(100);
  stage.put('new');
  await stage.run(200);

  expect(stage.counts).toEqual({ ServiceUnavailableException: 1, ResourceNotFoundException: 1 });
});

test.each([
  ['fails a share of the calls', { share: 0.25 }, { failed: 0.25, stored: 0.75 }],
  ['stores a share of the failed ones', { storedShare: 0.1 }, { failed: 1, stored: 0.1 }],
])('an outage that %s', async (_, shares, expected) => {
  const calls = 10_000;
  const outages: Outage[] = [{ fromMs: 0, untilMs: 1_000, ...shares }];
  const stage = new Stage({ quotas: { PutLogEvents: calls, CreateLogStream: 1 }, outages }, seeded(1));
  for (let call = 0; call < calls; call++) stage.put();
  await stage.run(10_000);

  const { ServiceUnavailableException: failed = 0 } = stage.counts;
  expect(failed / calls).toBeCloseTo(expected.failed, 1);
  expect(stage.stored.length / calls).toBeCloseTo(expected.stored, 1);
});

test('half of the answers take longer than the median, and one of a hundred five times as long', async () => {
  const calls = 10_000;
  const stage = new Stage({ quotas: { PutLogEvents: calls, CreateLogStream: 1 } }, seeded(1));
  for (let call = 0; call < calls; call++) stage.put();
  await stage.run(10_000);

  const latencies = new Durations();
  for (const atMs of stage.stored) latencies.add(atMs);
  expect(latencies.count).toBe(calls);
  expect(latencies.quantileMs(0.5) / 30).toBeCloseTo(1, 0);
  expect(latencies.quantileMs(0.99) / 30).toBeGreaterThan(4.5);
  expect(latencies.quantileMs(0.99) / 30).toBeLessThan(5.7);
});
