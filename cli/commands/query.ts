import { Command, InvalidArgumentError, Option } from 'commander';
import type { QueryStatistics } from '@aws-sdk/client-cloudwatch-logs';
import { type Connection, connect, withConnectionOptions } from '../aws/connection.js';
import { findLogGroups } from '../aws/log-groups.js';
import { parseTime } from '../aws/time-option.js';
import { Failure } from '../failure.js';
import { csvText } from '../query/csv.js';
import { checkTogether, type QueryOptions } from '../query/query-options.js';
import { checkLength, queryText } from '../query/query-text.js';
import { POINTER, type ResultRow, resultRow } from '../query/result-row.js';
import { type Question, RunningQuery } from '../query/running-query.js';
import { filledText, savedQuery } from '../query/saved-query.js';
import { tableText } from '../query/table.js';
import { paintFor } from '../terminal/colours.js';
import { counted } from '../terminal/counted.js';
import { type EndReason, listenForEnd, statusOfEnd } from '../terminal/ending.js';
import { Output } from '../terminal/output.js';
import { Progress } from '../terminal/progress.js';
import { safeJson, safeText } from '../terminal/safe-text.js';
import { collectAssignment, collectText, parseText } from '../text-option.js';

const EXAMPLES = `
Examples:
  npx fapilog-cloudwatch query -g /myapp/production 'stats count(*) by level'
  npx fapilog-cloudwatch query -g '/myapp/*' --since 1d --file slowest.query --json | jq -r .message
  npx fapilog-cloudwatch query --saved 'Errors by service'`;

const HOUR_MS = 3_600_000;
/** API: StartQuery. */
const MAX_LOG_GROUPS = 50;
const MAX_LIMIT = 100_000;

export function queryCommand(): Command {
  const command = new Command('query')
    .description(
      'Runs a query of CloudWatch Logs Insights over the last hour, waits for its result and prints it as a table. ' +
        'AWS bills a query by the bytes that it scans; Ctrl-C stops it.',
    )
    .usage('[options] [query]')
    // More than one is a mistake with an answer of its own.
    .argument('[query...]', 'text of the query; - for standard input')
    .option(
      '-g, --group <name>',
      'log group, or the beginning of some with * at its end; repeatable',
      collectText,
    )
    .option('--file <path>', 'file with the text of the query', parseText)
    .option('--saved <name>', 'saved query, with its log groups unless -g names others', parseText)
    .option(
      '--parameter <name=value>',
      'value of a parameter of the saved query; repeatable',
      collectAssignment,
    )
    .option('--since <time>', 'first time: 10m, 2h, 1d, 2026-01-31T08:00:00Z (default: 1h)', time)
    .option('--until <time>', 'last time (default: now)', time)
    .option('--limit <rows>', 'most rows (default: that of the query, or 10,000)', limit)
    .addOption(new Option('--json', 'prints a JSON object a line, for scripts').conflicts('csv'))
    .option('--csv', 'prints comma-separated values')
    .option('--ptr', `prints ${POINTER}, the pointer to the event of each row, too`);
  return withConnectionOptions(command).addHelpText('after', EXAMPLES).action(query);
}

async function query(given: readonly string[], options: QueryOptions): Promise<void> {
  checkAlone(given);
  const [argument] = given;
  checkTogether(argument, options);
  const connection = await connect(options);
  const ending = listenForEnd();
  const { signal } = ending;
  try {
    const question = await Promise.race([questionOf(argument, options, connection), ended(signal)]);
    await ask(connection, question, options, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    ending.release();
    connection.client.destroy();
  }
  if (signal.aborted) process.exitCode = statusOfEnd(signal.reason as EndReason);
}

/** Rejects when somebody asks to end, whatever is waited for. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
}

async function ask(
  connection: Connection,
  question: Question,
  options: QueryOptions,
  signal: AbortSignal,
): Promise<void> {
  const progress = new Progress();
  const running = await RunningQuery.start(connection, question, signal);
  try {
    const first = await running.finished((statistics) => progress.show(progressText(statistics)));
    progress.clear();
    const isPointerWanted = options.ptr === true || question.queryString.includes(POINTER);
    const rows: ResultRow[] = [];
    for await (const page of running.pages(first))
      for (const fields of page) rows.push(resultRow(fields, isPointerWanted));
    await new Output(process.stdout, signal).write(textOf(rows, options));
    if (rows.length === 0) notice(`No rows. ${scannedText(first.statistics)} in this time.`);
    else if (process.stderr.isTTY)
      notice(`${counted(rows.length, 'row')}. ${scannedText(first.statistics)}.`);
  } catch (error) {
    progress.clear();
    await running.stop();
    throw error;
  }
}

async function questionOf(
  argument: string | undefined,
  options: QueryOptions,
  connection: Connection,
): Promise<Question> {
  const { saved, limit: rows, since, until } = options;
  const definition = saved === undefined ? undefined : await savedQuery(connection, saved);
  const queryString = definition
    ? filledText(definition, options.parameter ?? {})
    : await queryText({ argument, file: options.file }, process.stdin);
  checkLength(queryString);
  const names = options.group ?? definition?.logGroupNames ?? [];
  if (names.length === 0) throw new Failure(`The saved query ${saved} names no log group. Give -g NAME.`);
  const logGroupIdentifiers = await identifiers(connection, names);
  const endMs = until ?? connection.now();
  if (since !== undefined && since >= endMs) throw new Failure('--since has to be before now, or --until.');
  return {
    queryString,
    logGroupIdentifiers,
    startTime: Math.floor((since ?? endMs - HOUR_MS) / 1_000),
    endTime: Math.ceil(endMs / 1_000),
    ...(rows !== undefined && { limit: rows }),
    ...(definition?.queryLanguage !== undefined && { queryLanguage: definition.queryLanguage }),
  };
}

async function identifiers(connection: Connection, names: readonly string[]): Promise<string[]> {
  const groups = await findLogGroups(connection, names);
  if (groups.length <= MAX_LOG_GROUPS) return groups.map(({ arn, name }) => arn ?? name);
  throw new Failure(
    `A query can have up to ${MAX_LOG_GROUPS} log groups: ${names.join(', ')} stands for ${groups.length}.`,
  );
}

function textOf(rows: readonly ResultRow[], { json, csv }: QueryOptions): string {
  const { isTTY } = process.stdout;
  if (json) return jsonText(rows, isTTY ? safeJson : String);
  if (rows.length === 0) return '';
  if (csv) return isTTY ? safeText(csvText(rows)) : csvText(rows);
  const width = isTTY ? process.stdout.columns : undefined;
  return tableText(rows, { paint: paintFor(process.stdout, process.env), width });
}

function jsonText(rows: readonly ResultRow[], shown: (json: string) => string): string {
  return rows.map((row) => `${shown(JSON.stringify(Object.fromEntries(row)))}\n`).join('');
}

function progressText(statistics: QueryStatistics): string {
  return `Running: ${scannedText(statistics)} so far`;
}

function scannedText({ recordsScanned = 0, bytesScanned = 0 }: QueryStatistics = {}): string {
  return `${counted(recordsScanned, 'record')} (${(bytesScanned / 1e6).toFixed(1)} MB) scanned`;
}

function notice(line: string): void {
  process.stderr.write(`fapilog-cloudwatch: ${line}\n`);
}

function time(given: string): number {
  return parseTime(given);
}

function limit(given: string): number {
  const count = Number(given);
  if (/^\d+$/.test(given) && count >= 1 && count <= MAX_LIMIT) return count;
  throw new InvalidArgumentError(`Allowed: a whole number from 1 to ${MAX_LIMIT}.`);
}

/** `tail` takes its log group so, and who comes from there gives it first here, too. */
function checkAlone(args: readonly string[]): void {
  if (args.length < 2) return;
  const [group = '', text = ''] = args;
  throw new Failure(
    `query takes the text of the query alone, in quotes, and log groups by -g, as in: query -g ${group} '${text}'`,
  );
}
