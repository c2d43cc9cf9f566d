import { Command, Option } from 'commander';
import { connect, type ConnectionOptions, withConnectionOptions } from '../aws/connection.js';
import type { NamedLogGroup } from '../aws/log-groups.js';
import { parseDuration, parseTime } from '../aws/time-option.js';
import { followedGroups } from '../tail/followed-groups.js';
import { jsonLine, rawLine } from '../tail/json-line.js';
import { prettyText } from '../tail/pretty.js';
import { streamChoice } from '../tail/stream-choice.js';
import { checkTogether, type TailOptions } from '../tail/tail-options.js';
import type { TailedEvent } from '../tail/tailed-event.js';
import { live, poll, type Tailing } from '../tail/tailing.js';
import { paintFor } from '../terminal/colours.js';
import { abortOf, type EndReason, endNow, listenForEnd } from '../terminal/ending.js';
import { Output } from '../terminal/output.js';
import { realClock } from '../real-clock.js';
import { collectText } from '../text-option.js';

const EXAMPLES = `
Examples:
  npx fapilog-cloudwatch tail /myapp/production
  npx fapilog-cloudwatch tail '/myapp/*' --filter '{ $.level = "error" }' --since 1h
  npx fapilog-cloudwatch tail /myapp/production --no-follow --json | jq -r .message`;

export function tailCommand(): Command {
  const command = new Command('tail')
    .description(
      'Shows the log events of the last ten minutes, and then those that arrive, until Ctrl-C. Asks every one to five ' +
        'seconds, and again for the time before, because events arrive late.',
    )
    .argument('[group...]', "log groups: names, ARNs, or beginnings such as '/myapp/*'")
    .option('-g, --group <name>', 'the same as an option; repeatable', collectText)
    .option(
      '--stream <name>',
      'log stream, or the beginning of some with * at its end; names are repeatable',
      collectText,
    )
    .option('--filter <pattern>', 'filter pattern of the service')
    .option('--since <time>', 'first time to show: 10m, 2h, 2026-01-31T08:00:00Z (default: 10m)', time)
    .option('--until <time>', 'last time to show; then ends', time)
    .option('--no-follow', 'ends once everything is shown')
    .option('--live', 'uses Live Tail: sooner, sampled beyond 500 events a second, billed by the minute')
    .addOption(
      new Option('--json', 'prints a JSON object a line: logGroup, logStream, timestamp, message').conflicts(
        'raw',
      ),
    )
    .option('--raw', 'prints messages alone, byte by byte')
    .option('--utc', 'shows times in UTC, not in the zone of this machine')
    .option('--interval <duration>', 'time between two polls (default: 1s to 5s)', interval)
    .option('--overlap <duration>', 'how late an event may arrive and be shown (default: 30s)', overlap);
  return withConnectionOptions(command).addHelpText('after', EXAMPLES).action(tail);
}

async function tail(names: readonly string[], options: TailOptions & ConnectionOptions): Promise<void> {
  checkTogether(options);
  const streams = streamChoice(options.stream);
  const connection = await connect(options);
  const ending = listenForEnd();
  const { signal } = ending;
  const work = follow({ connection, streams, options, signal, notice }, [...names, ...(options.group ?? [])]);
  try {
    await Promise.race([work, abortOf(signal)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    ending.release();
    connection.client.destroy();
  }
  if (signal.aborted) endNow(signal.reason as EndReason);
}

async function follow(tailing: Omit<Tailing, 'groups' | 'show'>, names: readonly string[]): Promise<void> {
  const { connection, options, signal } = tailing;
  const isEndless = runsUntilEnded(options);
  const groups = await followedGroups(names, { connection, clock: realClock, signal, isEndless, notice });
  if (process.stderr.isTTY && isEndless) notice(`following ${namesOf(groups)}; Ctrl-C ends`);
  const show = showOn(new Output(process.stdout, signal), groups.length > 1, options);
  await (options.live ? live : poll)({ ...tailing, groups, show });
}

function runsUntilEnded({ follow: follows, until, live: isLive }: TailOptions): boolean {
  return Boolean(isLive) || (follows && until === undefined);
}

function namesOf(groups: readonly NamedLogGroup[]): string {
  const [first, ...others] = groups;
  return others.length === 0 ? first!.name : `${first!.name} and ${others.length} more`;
}

/** Each line is written as its event comes; those of a page together. */
function showOn(output: Output, showsGroup: boolean, options: TailOptions) {
  const textOf = textMaker(showsGroup, options);
  return (events: readonly TailedEvent[]): Promise<void> => output.write(events.map(textOf).join(''));
}

function textMaker(
  showsGroup: boolean,
  { json, raw, utc = false }: TailOptions,
): (event: TailedEvent) => string {
  if (json) return jsonLine;
  if (raw) return rawLine;
  const paint = paintFor(process.stdout, process.env);
  return (event) => prettyText(event, { paint, showsGroup, isUtc: utc });
}

function notice(line: string): void {
  process.stderr.write(`fapilog-cloudwatch: ${line}\n`);
}

function time(text: string): number {
  return parseTime(text);
}

function interval(text: string): number {
  return parseDuration(text, 1_000, 3_600_000);
}

function overlap(text: string): number {
  return parseDuration(text, 0, 3_600_000);
}
