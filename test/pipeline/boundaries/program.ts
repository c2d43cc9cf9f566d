/* Runs instrumented: see instrument.ts. Throws at each call boundary of each scenario's log call in turn. */
import { rmSync } from 'node:fs';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import { withEdges } from '../../../runtime/edges.js';
import type { Diagnostic } from '../../../runtime/io/diagnostics.js';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { CloudWatchSink } from '../../../runtime/sink.js';
import { FakePort } from '../../support/fake-port.js';
import { listening } from './listening.js';
import { scenarios, type Scenario } from './scenarios.js';

type Thrown = () => unknown;

const KINDS: Readonly<Record<string, Thrown>> = {
  'a full stack': () => new RangeError('Maximum call stack size exceeded'),
  'an ordinary error': () => new Error('out of order'),
};

let thrown: Thrown = () => undefined;

class Bench {
  readonly port = new FakePort();
  readonly stderr: string[] = [];
  readonly heard: string[] = [];
  readonly sink: CloudWatchSink;
  readonly logger: Logger;
  readonly #spoolDir: string | undefined;
  #logged = 0;

  constructor({ sink = {}, settings = {} }: Scenario) {
    const options = { ...sink };
    this.#spoolDir = options.spoolDir;
    this.sink = new CloudWatchSink(
      withEdges(
        {
          logGroupName: '/g',
          logStreamName: 's',
          region: 'us-east-1',
          batchTimeoutSeconds: 30,
          ...options,
          env: {},
          onDiagnostic: ({ code }: Diagnostic) => this.heard.push(code),
        },
        { port: this.port, writeStderr: (text) => this.stderr.push(text) > 0 },
      ),
    );
    this.logger = getLogger({ settings: new Settings(settings, { env: {} }), sinks: [this.sink] });
  }

  /** Something may be thrown in this call. */
  log({ log, loggerOf = (logger) => logger }: Scenario, at?: number): readonly string[] {
    const logger = loggerOf(this.logger);
    const id = this.#logged++;
    return this.logger.withContext({ requestId: 'r-1' }, () => listening(() => log(logger, id), at, thrown));
  }

  logOthers({ log, logOthers = log }: Scenario, count: number): void {
    for (let logged = 0; logged < count; logged++) logOthers(this.logger, this.#logged++);
  }

  /** The lines that were delivered or diverted. */
  get lines(): string[] {
    const diverted = this.stderr.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('{'));
    return [
      ...this.port.messages.flat(),
      ...diverted.map((line) => (JSON.parse(line) as { message: string }).message),
    ];
  }

  get logged(): number {
    return this.#logged;
  }

  /** For an event that is written to the sink itself. */
  nextId(): number {
    return this.#logged++;
  }

  leave(): void {
    if (this.#spoolDir) rmSync(this.#spoolDir, { recursive: true, force: true });
  }
}

/** Everything that is wrong after something was thrown at this boundary, as sentences. */
async function faultsAt(scenario: Scenario, at: number, accepted: number | undefined): Promise<string[]> {
  const bench = new Bench(scenario);
  const faults: string[] = [];
  const check = (holds: boolean, otherwise: () => string): void => {
    if (!holds) faults.push(otherwise());
  };
  if (scenario.isClosed) await bench.logger.close({ deadlineMs: 0 });
  bench.logOthers(scenario, scenario.before ?? 2);
  try {
    bench.log(scenario, at);
  } catch (error) {
    faults.push(`the log call threw ${String(error)}`);
  }
  bench.logOthers(scenario, 1);
  const now = bench.logger.stats();
  check(isBalanced(now), () => `out of balance: ${JSON.stringify(now)}`);
  const total = now.accepted + now.filtered.total;
  check(accepted === undefined || total === accepted, () => `accepted ${total} of ${accepted}`);
  if (!scenario.isClosed) {
    bench.sink.write({ timeMs: 0, level: 'info', message: 'old', fields: [{}] });
    check(bench.heard.includes('diverted.tooOld'), () => 'diagnostics are deaf');
    const fields = [{ id: bench.nextId() }];
    const fast = listening(() =>
      bench.sink.write({ timeMs: Date.now(), level: 'info', message: 'm', fields }),
    );
    const isFast = !fast.some((name) => name.startsWith('runtime/serialize/events.ts'));
    check(isFast, () => 'the fast encoder is gone');
  }
  const end: DeliveryReport = await closed(bench);
  check(isBalanced(end), () => `out of balance at the end: ${JSON.stringify(end)}`);
  check(end.pending === 0, () => `${end.pending} pending at the end`);
  const { lines } = bench;
  const found = lines.flatMap(idsOf);
  // A value that could not be read, the number of the event perhaps, is marked in its line.
  const marked = lines.filter(
    (line) => /\[(?:unreadable|redaction failed)/.test(line) && idsOf(line).length === 0,
  ).length;
  const lost = bench.logged - new Set(found).size - marked;
  const { dropped, filtered } = bench.logger.stats();
  const counted = dropped.total + filtered.total + end.spooled;
  check(
    scenario.isMany || lost === counted,
    () => `${lost} lost, ${counted} counted: ${lines.map((line) => line.slice(0, 300)).join(' ')}`,
  );
  check(new Set(found).size === found.length, () => 'stored twice');
  bench.leave();
  return faults;
}

function idsOf(line: string): number[] {
  const { id } = JSON.parse(line) as { id?: number };
  return id === undefined ? [] : [id];
}

/** Delivers everything, so that the bodies are read that were made after the fault. */
async function closed({ logger, sink }: Bench): Promise<DeliveryReport> {
  await logger.flush({ deadlineMs: 5_000 });
  await logger.close({ deadlineMs: 5_000 });
  return sink.stats();
}

/** The boundaries of the log call, and how many records are accepted where nothing is thrown. */
async function dryRun(
  scenario: Scenario,
): Promise<{ names: readonly string[]; accepted: number | undefined }> {
  const bench = new Bench(scenario);
  if (scenario.isClosed) await bench.logger.close({ deadlineMs: 0 });
  bench.logOthers(scenario, scenario.before ?? 2);
  const names = bench.log(scenario);
  bench.logOthers(scenario, 1);
  const { accepted, filtered } = bench.logger.stats();
  await closed(bench);
  bench.leave();
  return { names, accepted: scenario.isMany ? undefined : accepted + filtered.total };
}

/** All places at which something is thrown, or the first call of each function. */
function placesOf(names: readonly string[], isEach: boolean): number[] {
  const isChosen = (name: string, index: number): boolean => isEach || names.indexOf(name) === index;
  // The first boundary is the log method itself, which has not begun if it throws there.
  return names.flatMap((name, index) => (index > 0 && isChosen(name, index) ? [index + 1] : []));
}

/** More would be too many. */
const MAX_PLACES = 200;

const isWhole = process.env['FULL'] === '1';

/** A full stack is met at any call, while a defect of ours throws at each call of a function. `FULL=1` plays both alike. */
function isThrownAtEach(kind: string, { isSlow }: Scenario, names: readonly string[]): boolean {
  return names.length <= MAX_PLACES && (isWhole || (kind === 'a full stack' && !isSlow));
}

for (const scenario of scenarios) {
  const { names, accepted } = await dryRun(scenario);
  const faults: string[] = [];
  for (const [kind, make] of Object.entries(KINDS).slice(0, scenario.isSlow && !isWhole ? 1 : 2)) {
    thrown = make;
    for (const at of placesOf(names, isThrownAtEach(kind, scenario, names))) {
      for (const fault of await faultsAt(scenario, at, accepted))
        faults.push(`${kind} at ${names[at - 1]}: ${fault}`);
    }
  }
  console.log(JSON.stringify({ name: scenario.name, boundaries: names.length, faults }));
}
