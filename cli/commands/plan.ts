import { Command, Option } from 'commander';
import { STANDARD_PRICE_PER_GB } from '../../contract/ingestion.js';
import { MAX_PUT_CALLS_PER_SECOND, MAX_STREAMS_CREATED_PER_SECOND } from '../../contract/limits.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { adviceOn } from '../plan/advice.js';
import { forecastOf } from '../plan/forecast.js';
import { jsonReport } from '../plan/json-report.js';
import {
  parseAmount,
  parseAmountOrNone,
  parseBatchSize,
  parseBatchTimeout,
  parseMessageBytes,
  parseWriters,
  type PlanOptions,
  questionOf,
} from '../plan/plan-options.js';
import { textReport } from '../plan/text-report.js';
import { paintFor } from '../terminal/colours.js';

const EXAMPLES = `
Examples:
  npx fapilog-cloudwatch plan --writers 3000 --rate 20 --bytes 400
  npx fapilog-cloudwatch plan --writers 3000 --rate 20 --bytes 400 \\
    --batch-timeout-seconds 5 --others 1200
  npx fapilog-cloudwatch plan --writers 900 --invocations 6000 --events 5 \\
    --bytes 400 --json`;

export function planCommand(): Command {
  const { batchTimeoutSeconds, batchSize } = cloudWatchSettings;
  return new Command('plan')
    .description(
      'Computes what a fleet of writers makes of CloudWatch Logs: PutLogEvents calls and their share of the quota, log streams, bytes, ' +
        'dollars, delay. Says what to change if the quotas of the account do not suffice. Calls nobody.',
    )
    .option(
      '--writers <count>',
      'processes that log, or environments of Lambda; each has a log stream',
      parseWriters,
    )
    .option('--rate <events>', 'log events a second of one writer', parseAmount)
    .option('--bytes <bytes>', 'UTF-8 bytes of a message, the whole line', parseMessageBytes)
    .option(
      '--batch-timeout-seconds <seconds>',
      'the setting batchTimeoutSeconds',
      parseBatchTimeout,
      batchTimeoutSeconds.default,
    )
    .option('--batch-size <events>', 'the setting batchSize', parseBatchSize, batchSize.default)
    .addOption(
      new Option('--arrivals <how>', 'how events come: independent of each other, or at equal intervals')
        .choices(['random', 'even'])
        .default('random'),
    )
    .option(
      '--invocations <count>',
      'for Lambda, in place of --rate: invocations a second in all environments, each of which flushes',
      parseAmount,
    )
    .option('--events <count>', 'with --invocations: log events of one invocation', parseAmount)
    .option(
      '--quota <calls>',
      'PutLogEvents calls a second of the account in the Region',
      parseAmount,
      MAX_PUT_CALLS_PER_SECOND,
    )
    .option(
      '--others <calls>',
      'PutLogEvents calls a second that other loggers of the account make',
      parseAmountOrNone,
      0,
    )
    .option(
      '--stream-quota <calls>',
      'CreateLogStream calls a second of the account in the Region',
      parseAmount,
      MAX_STREAMS_CREATED_PER_SECOND,
    )
    .option(
      '--price-per-gb <dollars>',
      'price of a GB that is ingested; the default is that of the class STANDARD in us-east-1',
      parseAmountOrNone,
      STANDARD_PRICE_PER_GB,
    )
    .option('--json', 'print one JSON document, for scripts')
    .addHelpText('after', EXAMPLES)
    .action(plan);
}

function plan(options: PlanOptions, command: Command): void {
  const given = Object.keys(options).filter((name) => command.getOptionValueSource(name) !== 'default');
  const question = questionOf(options, new Set(given));
  const forecast = forecastOf(question);
  const advice = adviceOn(question, forecast);
  const paint = paintFor(process.stdout, process.env);
  process.stdout.write(
    options.json ? jsonReport(question, forecast, advice) : textReport(question, forecast, advice, paint),
  );
}
