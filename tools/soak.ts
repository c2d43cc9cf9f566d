import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../local/index.js';
import { HELP, parseOptions, type SoakOptions } from './soak/options.js';
import { head, row } from './soak/row.js';
import type { Sample } from './soak/sample.js';
import { idOf, Tally } from './soak/tally.js';
import { verdict } from './soak/verdict.js';
import { seeded } from './soak/seeded.js';
import { anyFault } from './soak/weather.js';

/**
 * Logs for minutes, half of the time into faults, and judges what became of each event, of memory and of handles. Run
 * from the project's root.
 */

const PROGRAM = 'tools/soak/program.mjs';
/** Faults are on for so long, then off for so long. */
const PERIOD_MS = 30_000;
/** Faults end before the period does, so that the last of a calm one finds nothing that waits. */
const FAULT_EVERY_MS = 700;

/** The program, the service and what is known of both. */
class Soak {
  readonly #options: SoakOptions;
  readonly #service: LocalCloudWatchLogs;
  readonly #tally: Tally;
  readonly #program: ChildProcess;
  readonly #random: () => number;
  readonly #calm: Sample[] = [];
  readonly #diverted = new Set<number>();
  readonly #startMs = performance.now();

  constructor(options: SoakOptions, service: LocalCloudWatchLogs, spoolDir: string) {
    this.#options = options;
    this.#service = service;
    this.#tally = new Tally(service);
    this.#random = seeded(options.seed);
    this.#program = startProgram({ ...options, endpointUrl: service.endpoint, spoolDir });
    this.#readStderr();
  }

  /** Says whether all is well. */
  async run(): Promise<boolean> {
    console.log(head());
    for (let isFoul = false; this.#leftMs > 0; isFoul = !isFoul) await this.#period(isFoul);
    this.#calmDown();
    const end = await this.#ask('end');
    if (this.#program.exitCode === null) await once(this.#program, 'close');
    this.#say('end', end);
    return this.#judge(end);
  }

  get #leftMs(): number {
    return this.#options.minutes * 60_000 - (performance.now() - this.#startMs);
  }

  async #period(isFoul: boolean): Promise<void> {
    if (!isFoul) this.#calmDown();
    const untilMs = performance.now() + Math.min(PERIOD_MS, this.#leftMs);
    while (performance.now() < untilMs) {
      if (isFoul) this.#service.inject(anyFault(this.#random));
      await sleep(Math.min(FAULT_EVERY_MS, untilMs - performance.now()));
      this.#tally.settle();
    }
    const sample = await this.#ask('sample');
    if (!isFoul) this.#calm.push(sample);
    this.#say(isFoul ? 'faults' : 'calm', sample);
  }

  #calmDown(): void {
    this.#service.clearFaults();
    this.#tally.watch();
  }

  async #ask(kind: Sample['kind']): Promise<Sample> {
    this.#program.send(kind);
    const [sample] = (await once(this.#program, 'message')) as [Sample];
    return sample;
  }

  #say(weather: string, sample: Sample): void {
    console.log(row((performance.now() - this.#startMs) / 1_000, weather, sample));
  }

  #judge(end: Sample): boolean {
    this.#tally.settle();
    const ids = Array.from({ length: end.logged }, (_, id) => id);
    const nowhere = ids.filter((id) => !this.#tally.has(id) && !this.#diverted.has(id)).length;
    const judged = verdict(this.#calm, end, { nowhere, unexplained: this.#tally.unexplained });
    console.log(
      `\n${this.#tally.repeated} events were stored twice, ${this.#tally.markers} lines are the sink's own`,
    );
    for (const { what, finding, isGood } of judged)
      console.log(`${isGood ? 'ok    ' : 'NOT OK'} ${what}: ${finding}`);
    return judged.every(({ isGood }) => isGood);
  }

  /** Events that are written there are found; the rest is passed on. */
  #readStderr(): void {
    let rest = '';
    this.#program.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#readLine(line);
    });
  }

  #readLine(line: string): void {
    if (!line.startsWith('{"diverted"')) return console.error(line);
    this.#diverted.add(idOf((JSON.parse(line) as { message: string }).message));
  }
}

function startProgram(settings: object): ChildProcess {
  return fork(PROGRAM, {
    execArgv: ['--expose-gc'],
    silent: true,
    env: {
      PATH: process.env['PATH'],
      AWS_ACCESS_KEY_ID: 'AKIDSOAK',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      SOAK: JSON.stringify(settings),
    },
  });
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) return console.log(HELP);
  const { minutes, seed, eventsPerSecond, isWorker } = options;
  console.log(
    `${minutes} minutes, ${eventsPerSecond} events/s${isWorker ? ', worker' : ''}; repeat with --seed ${seed}\n`,
  );
  const service = await startLocalCloudWatchLogs({ random: seeded(seed) });
  const spoolDir = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-soak-'));
  try {
    if (!(await new Soak(options, service, spoolDir).run())) process.exitCode = 1;
  } finally {
    await service.close();
    rmSync(spoolDir, { recursive: true, force: true });
  }
}

await main();
