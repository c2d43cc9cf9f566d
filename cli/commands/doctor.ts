import { Command, Option } from 'commander';
import { parseDuration } from '../aws/time-option.js';
import type { Surroundings } from '../doctor/application.js';
import { paintFor } from '../terminal/colours.js';
import { abortOf, type EndReason, listenForEnd, statusOfEnd } from '../terminal/ending.js';
import { Progress } from '../terminal/progress.js';
import { quietConsole } from '../terminal/quiet-console.js';

const DEFAULT_TIMEOUT_MS = 5_000;

/** The options of `doctor`, as given. */
export interface DoctorOptions {
  readonly write?: boolean;
  readonly profile?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Examines the environment in which it runs, as the application would find it: settings and where each came from, credentials, ' +
        'Region, endpoint, proxy, connection, clocks, permissions, versions, host. Says for each problem what mends it. ' +
        'Reads only, unless --write is given. Shows no secret.',
    )
    .option('--write', 'write one log event, to a log stream of its own, as the sink would')
    .option('--profile <name>', 'look at the log group with the rights of this profile of the AWS tools')
    .addOption(
      new Option('--timeout <duration>', 'longest time that one call may take')
        .argParser(parseTimeout)
        .default(DEFAULT_TIMEOUT_MS, '5s'),
    )
    .option('--json', 'print one JSON document, for scripts')
    .addHelpText('after', EXAMPLE)
    .action(doctor);
}

const EXAMPLE = `
Exit status: 0 without problems, 1 with one. Notes do not count.

Examples:
  npx fapilog-cloudwatch doctor
  docker exec my-container npx fapilog-cloudwatch doctor --write`;

async function doctor(options: DoctorOptions): Promise<void> {
  // Each client of the SDK would say on stderr that Node.js 20 ends, and there is a finding for that.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  quietConsole();
  const { examine, countOf } = await import('../doctor/report/examination.js');
  const ending = listenForEnd();
  const status = await Promise.race([
    abortOf(ending.signal).then(() => statusOfEnd(ending.signal.reason as EndReason)),
    report(options, ending.signal, examine).then((sections) => (countOf(sections, 'problem') > 0 ? 1 : 0)),
  ]);
  ending.release();
  // Whoever does not read any more would keep the rest of the output from being written.
  if (ending.signal.aborted) process.exit(status);
  await leave(status);
}

type Examine = typeof import('../doctor/report/examination.js').examine;
type Sections = Awaited<ReturnType<Examine>>['sections'];

async function report(options: DoctorOptions, signal: AbortSignal, examine: Examine): Promise<Sections> {
  const progress = new Progress();
  const text = await textOf(options);
  const examined = await examine(surroundingsOf(options, signal), {
    begins: (name) => progress.show(`${name} …`),
    found(section) {
      if (signal.aborted) return;
      progress.clear();
      text?.found(section);
    },
  });
  progress.clear();
  if (signal.aborted) return examined.sections;
  if (text !== undefined) text.ended(examined.sections);
  else await printJson(examined);
  return examined.sections;
}

function surroundingsOf(
  { write = false, profile, timeout }: DoctorOptions,
  signal: AbortSignal,
): Surroundings {
  const limits = { signal, timeoutMs: timeout, nowMs: () => Date.now() };
  return { env: process.env, folder: process.cwd(), write, profile, ...limits };
}

async function printJson(examined: Awaited<ReturnType<Examine>>): Promise<void> {
  const { jsonReport } = await import('../doctor/report/json-report.js');
  process.stdout.write(`${JSON.stringify(jsonReport(examined), undefined, 2)}\n`);
}

interface TextReport {
  found(section: Sections[number]): void;
  ended(sections: Sections): void;
}

async function textOf({ json }: DoctorOptions): Promise<TextReport | undefined> {
  if (json) return undefined;
  const { marksFor, sectionText, summaryText } = await import('../doctor/report/text-report.js');
  const paint = paintFor(process.stdout, process.env);
  const marks = marksFor(process.env);
  return {
    found: (section) => void process.stdout.write(sectionText(section, paint, marks)),
    ended: (sections) => void process.stdout.write(summaryText(sections, paint)),
  };
}

/** A provider of credentials that never answers would hold the process. */
async function leave(status: number): Promise<never> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  process.exit(status);
}

function parseTimeout(text: string): number {
  return parseDuration(text, 1, 300_000);
}
