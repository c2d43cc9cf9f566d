import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../runtime/io/clock.js';
import { Ledger, type Account } from '../../../runtime/ack/ledger.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import type { CloseOptions, FlushOptions, Sink } from '../../../runtime/sink-port.js';

export const record: LogRecord = { timeMs: 1_700_000_000_000, level: 'info', message: 'hi', fields: [] };

export function recordOf(message: string): LogRecord {
  return { ...record, message };
}

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): { cancel(): void } {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers].filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#timers.delete(timer);
      timer.callback();
    }
  }

  get timers(): number {
    return this.#timers.size;
  }
}

export interface Report {
  readonly code: string;
  readonly message: string;
}

/** Puts reports where a test finds them. */
export function listener(): {
  readonly reports: Report[];
  readonly report: (code: string, message: string) => void;
} {
  const reports: Report[] = [];
  return { reports, report: (code, message) => void reports.push({ code, message }) };
}

/** What promises do that have nothing left to wait for. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Takes records, and delivers them when it is flushed or closed. */
export class TestSink implements Sink {
  readonly name = 'test';
  readonly taken: string[] = [];
  readonly flushes: (FlushOptions | undefined)[] = [];
  readonly closes: (CloseOptions | undefined)[] = [];
  /** Messages whose record it does not take. */
  readonly refused: readonly string[];
  needsDrain = false;
  readonly #ledger = new Ledger();
  #pending = 0;

  constructor(refused: readonly string[] = []) {
    this.refused = refused;
  }

  write({ message }: LogRecord): void {
    if (this.refused.includes(message)) throw new Error(`not ${message}`);
    this.#ledger.accepted++;
    this.#pending++;
    this.taken.push(message);
  }

  async flush(options?: FlushOptions): Promise<Account> {
    this.flushes.push(options);
    this.#ledger.deliver(this.#pending);
    this.#pending = 0;
    return this.stats();
  }

  async close(options?: CloseOptions): Promise<Account> {
    this.closes.push(options);
    this.#ledger.drop('deadline', this.#pending);
    this.#pending = 0;
    return this.stats();
  }

  stats(): Account {
    return this.#ledger.account(this.#pending);
  }
}

/** A folder with files, by path, that is gone after each test. An object is written as JSON. */
export function temporaryFolders(): (files?: Readonly<Record<string, unknown>>) => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  return (files = {}) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plugins-')));
    folders.push(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return folder;
  };
}

/** The files of a package in node_modules: a package.json that declares, and the files that it declares. */
export function packageFiles(
  name: string,
  declared: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const folder = `node_modules/${name}`;
  return {
    [`${folder}/package.json`]: { name, version: '1.0.0', fapilog: declared },
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])),
  };
}
