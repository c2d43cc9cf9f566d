import { Command, InvalidArgumentError, Option } from 'commander';
import { LEVELS, type Level } from '../../contract/levels.js';
import {
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  logGroupNameProblem,
  logStreamNameProblem,
} from '../../contract/names.js';
import { withConnectionOptions } from '../aws/connection.js';
import { parseDuration } from '../aws/time-option.js';
import { useProfile } from '../aws/use-profile.js';
import type { TargetOptions } from '../emit/emit-settings.js';
import { type Input, inputsOf } from '../emit/input.js';
import { parsePattern } from '../emit/pattern-option.js';

const DEFAULT_DEADLINE_MS = 30_000;
/** Timers of Node.js take no longer time. */
const MAX_DEADLINE_MS = 86_400_000;

/** The options of `emit`, as given. */
export interface EmitOptions extends TargetOptions {
  readonly level: Level;
  readonly levelNames: boolean;
  readonly startPattern?: RegExp;
  readonly tee?: boolean;
  readonly deadline: number;
  readonly verbose?: boolean;
}

const EXAMPLES = `
Examples:
  journalctl -f -o cat | npx fapilog-cloudwatch emit --group /host/web1
  npx fapilog-cloudwatch emit --group /jobs/import --stream today import.log
  node app.js 2>&1 | npx fapilog-cloudwatch emit --group /app --tee --start-pattern '^\\d{4}-'`;

export function emitCommand(): Command {
  const command = new Command('emit')
    .description(
      'Delivers lines to CloudWatch Logs as the sink of an application does, with the settings of the environment; options win. ' +
        'A line is stored as it is; logins in URLs are hidden, and other secrets where the settings turn redaction on. Time and level of ' +
        'a line of JSON are recognized. While the service is slow or ' +
        'away, reading waits.',
    )
    .argument('[file...]', 'files to read, - for standard input (default: standard input)')
    .option('-g, --group <name>', 'log group (default: FAPILOG_CLOUDWATCH__LOG_GROUP_NAME)', parseGroup)
    .option('--stream <name>', 'log stream (default: host name, process id and a random part)', parseStream);
  return withConnectionOptions(command)
    .option(
      '--create',
      'create the log group and the log stream if they are missing (default: as the settings say, else yes)',
    )
    .option('--no-create', 'create neither')
    .addOption(
      new Option('--level <level>', 'level of lines that say none').choices(LEVELS).default('info' as const),
    )
    .option('--no-level-names', 'leave the numbers of pino and bunyan as they are: "level":30')
    .option(
      '--start-pattern <regex>',
      'a line that matches begins an event; others are added to the one before, as of a stack trace',
      parsePattern,
    )
    .option('--tee', 'copy the input to standard output')
    .addOption(
      new Option('--deadline <duration>', 'how long the end waits for deliveries, such as 30s')
        .argParser(parseDeadline)
        .default(DEFAULT_DEADLINE_MS, '30s'),
    )
    .option('--verbose', 'say at the end what became of the lines, also if all are delivered')
    .addHelpText('after', EXAMPLES)
    .action(emit);
}

async function emit(paths: readonly string[], options: EmitOptions): Promise<void> {
  const inputs = inputsOf(paths);
  if (options.profile !== undefined) useProfile(options.profile);
  // Its notice about the end of Node.js 20 is not for those who run a command.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  // The sink is loaded for this command alone.
  const { emitSettings } = await import('../emit/emit-settings.js');
  const { EmitRun } = await import('../emit/emit-run.js');
  const settings = emitSettings(options, process.env);
  for (const notice of settings.all.notices) process.stderr.write(`warning: ${notice}\n`);
  const { level: textLevel, levelNames, startPattern, tee = false, deadline, verbose = false } = options;
  const run = new EmitRun(settings, {
    textLevel,
    levelNames,
    startPattern,
    tee,
    deadlineMs: deadline,
    isVerbose: verbose,
  });
  greet(inputs);
  process.exitCode = await run.run(inputs);
}

function greet(inputs: readonly Input[]): void {
  if (process.stdin.isTTY && process.stderr.isTTY && inputs.some(({ name }) => name === 'standard input'))
    process.stderr.write('Reading from the terminal; Ctrl-D ends.\n');
}

function parseGroup(name: string): string {
  if (logGroupNameProblem(name) === undefined) return name;
  throw new InvalidArgumentError(`Allowed: ${LOG_GROUP_NAME_RULE}.`);
}

function parseStream(name: string): string {
  if (logStreamNameProblem(name) === undefined) return name;
  throw new InvalidArgumentError(`Allowed: ${LOG_STREAM_NAME_RULE}.`);
}

function parseDeadline(text: string): number {
  return parseDuration(text, 0, MAX_DEADLINE_MS);
}
