import { spawn } from 'node:child_process';
import type { Deployed } from './deployed.js';
import { type LoggedEvent, loggedEvents, type Secret, secretNames, SECRETS } from './events.js';
import { Room } from './room.js';

export type Language = 'nodejs' | 'python';

/** How a program logs. */
export interface ProgramOptions {
  /** Whether it logs an event that the service takes and Python's sink does not. */
  readonly hasLargeEvent?: boolean;
  /** Whether it ends before the timer of its batch. */
  readonly endsAtOnce?: boolean;
  /** Whether Python's logger may detect where it runs, which it does if it is made without `Settings()`. */
  readonly isDetecting?: boolean;
}

/** The program in one language: the command, and variables of its own. */
export interface Program {
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
}

export type Programs = Readonly<Record<Language, Program>>;

/** What became of a program and of what it logged. */
export interface Seen {
  readonly language: Language;
  /** Number of its events, without lines of the sink's own. */
  readonly stored: number;
  /** Of these, those of the level that Python does not have. */
  readonly traces: number;
  /** Secrets that no line shows. */
  readonly hidden: readonly Secret[];
  readonly streams: readonly string[];
  /** Names of the service in the lines. */
  readonly services: readonly string[];
  readonly exitStatus: number | null;
  readonly stderr: string;
}

/** The timeout of the bindings' batches is half a second; on a busy machine, Python's sink takes seconds to make its client. */
const WAIT_SECONDS = 4;

/** Runs a program in a room of its own. */
export async function see(
  language: Language,
  program: Program,
  deployed: Deployed,
  options: ProgramOptions = {},
): Promise<Seen> {
  const room = await Room.for(deployed);
  try {
    const injected = { ...deployed.environment, ...room.environment, ...programEnvironment(options) };
    const ended = await run(program, injected, loggedEvents(options.hasLargeEvent ?? false));
    const { lines, streams } = await room.stored();
    return { language, ...ended, ...contentOf(lines), streams };
  } finally {
    await room.close();
  }
}

/** A line of either language; Python's has the fields of the program below `data`. */
interface Line {
  readonly level?: string;
  readonly message?: string;
  readonly number?: number;
  readonly service?: string;
  readonly data?: { readonly number?: number };
  readonly diagnostics?: { readonly service?: string };
}

function contentOf(lines: readonly string[]): Pick<Seen, 'stored' | 'traces' | 'hidden' | 'services'> {
  const events = lines.map((line) => JSON.parse(line) as Line).filter(isOfProgram);
  const text = lines.join('\n');
  return {
    stored: events.length,
    traces: events.filter(({ level }) => level === 'trace').length,
    hidden: secretNames.filter((name) => !text.includes(SECRETS[name])),
    services: [...new Set(events.flatMap(serviceOf))],
  };
}

function isOfProgram({ message, number, data }: Line): boolean {
  return (number ?? data?.number) !== undefined || message === 'large';
}

function serviceOf({ service, diagnostics }: Line): string[] {
  return [service ?? diagnostics?.service].filter((name) => name !== undefined);
}

function programEnvironment({
  endsAtOnce = false,
  isDetecting = false,
}: ProgramOptions): Record<string, string> {
  return {
    READER_WAIT_SECONDS: String(endsAtOnce ? 0 : WAIT_SECONDS),
    ...(isDetecting && { READER_DETECTS: 'true', CI: 'true' }),
  };
}

function run(
  { command: [command, ...args], environment }: Program,
  injected: Readonly<Record<string, string>>,
  events: readonly LoggedEvent[],
): Promise<Pick<Seen, 'exitStatus' | 'stderr'>> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment, ...injected },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // A program that fails to start leaves them unread.
  child.stdin.on('error', () => {}).end(JSON.stringify(events));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitStatus) => resolve({ exitStatus, stderr }));
  });
}
