import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../runtime/io/diagnostics.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { salvage } from '../../runtime/spool/segment-text.js';
import { NOW_MS, TARGET } from './events.js';
import type { FakePort } from './fake-port.js';
import { ManualClock, promisesRun } from './manual-clock.js';

/** A spool directory that lasts as long as a test. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'spool-'));
}

export function removeDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** All files below a directory, sorted. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, String(name)))
    .filter((path) => statSync(path).isFile())
    .toSorted();
}

export function segmentsIn(directory: string): string[] {
  return filesIn(directory).filter((path) => path.endsWith('.segment'));
}

/** Whether no segment is left, while processes still move and delete them. */
export function isEmptied(directory: string): boolean {
  try {
    // One that is moved from here to there while the first list is made is in the second one.
    return segmentsIn(directory).length === 0 && segmentsIn(directory).length === 0;
  } catch {
    return false;
  }
}

/** The messages that lie in a spool, by segment. */
export function spooledIn(directory: string): string[][] {
  return segmentsIn(directory).map((path) =>
    salvage(readFileSync(path)).events.map(({ encoded }) => messageIn(encoded)),
  );
}

function messageIn(encoded: Buffer): string {
  const { message } = JSON.parse(encoded.toString()) as { message: string };
  return (JSON.parse(message) as { message: string }).message;
}

/** Waits, in real time, for what the file system does in the background. */
export async function eventually(holds: () => boolean, whatElse: () => unknown = () => ''): Promise<void> {
  for (const untilMs = Date.now() + 240_000; !holds();) {
    if (Date.now() > untilMs) throw new Error(`it did not come about: ${JSON.stringify(whatElse())}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A sink with a spool, a scripted port and a clock that stands still; the disk is a real one. */
export class SpoolBench {
  readonly clock: ManualClock;
  readonly port: FakePort;
  readonly sink: CloudWatchSink;
  readonly diverted: string[] = [];
  readonly diagnostics: Diagnostic[] = [];

  constructor(port: FakePort, options: CloudWatchSinkOptions, nowMs = NOW_MS) {
    this.clock = new ManualClock(nowMs);
    this.port = port;
    const settings = { ...TARGET, batchSize: 2, batchTimeoutSeconds: 1, gzip: false, env: {}, ...options };
    this.sink = new CloudWatchSink(
      withEdges(
        { ...settings, onDiagnostic: (diagnostic) => this.diagnostics.push(diagnostic) },
        {
          port,
          clock: this.clock,
          random: () => 1,
          writeStderr: (text) => {
            if (text.startsWith('{"diverted"')) this.diverted.push(...text.trimEnd().split('\n'));
            return true;
          },
        },
      ),
    );
  }

  write(...messages: string[]): void {
    for (const message of messages)
      this.sink.write({ timeMs: this.clock.now(), level: 'info', message, fields: [] });
  }

  /** Messages of the calls made so far. */
  get sent(): string[][] {
    return this.port.messages.map((lines) =>
      lines.map((line) => (JSON.parse(line) as { message: string }).message),
    );
  }

  get said(): string[] {
    return this.diagnostics.map(({ code }) => code);
  }

  /** Moves the clock in steps, and lets the file system work, until something holds. */
  async passUntil(holds: () => boolean, stepMs = 250): Promise<void> {
    for (let step = 0; !holds(); step++) {
      if (step > 5_000) throw new Error(`it did not come about: ${JSON.stringify(this.sink.stats())}`);
      this.clock.advance(stepMs);
      await promisesRun();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Stands for the process's end: what is left goes to disk. */
  async end(): Promise<Awaited<ReturnType<CloudWatchSink['close']>>> {
    const closing = this.sink.close({ deadlineMs: 0 });
    await promisesRun();
    this.clock.advance(0);
    return closing;
  }
}
