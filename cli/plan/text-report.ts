import { STANDARD_PRICE_PER_GB } from '../../contract/ingestion.js';
import { COMFORTABLE_SHARE } from '../../contract/headroom.js';
import {
  EVENT_OVERHEAD_BYTES,
  MAX_CALL_BYTES,
  MAX_CALL_EVENTS,
  PUT_CALLS_QUOTA_CODE,
  STREAMS_CREATED_QUOTA_CODE,
} from '../../contract/limits.js';
import type { Colour, Paint } from '../terminal/colours.js';
import { counted, inDigits } from '../terminal/counted.js';
import type { Advice } from './advice.js';
import {
  byteFigure,
  dollarFigure,
  durationFigure,
  figure,
  figured,
  percentage,
  priceFigure,
} from './figure.js';
import type { Delay, Forecast } from './forecast.js';
import { paragraph } from './paragraph.js';
import type { Account, Question } from './question.js';

const LABEL_WIDTH = 18;
const INDENT = '  ';

/** A line of the forecast, and below it where its limit or its price comes from. */
interface Row {
  readonly label: string;
  readonly text: string;
  readonly source?: string;
}

/** The forecast as lines of up to 80 characters, and below it what to change. */
export function textReport(
  question: Question,
  forecast: Forecast,
  advice: readonly Advice[],
  paint: Paint,
): string {
  const lines = [
    ...paragraph('', titleOf(question)).map((line) => paint('bold', line)),
    '',
    ...rowsOf(question, forecast).flatMap((row) => rowLines(row, paint)),
    ...adviceLines('PutLogEvents', putHeading(question, forecast), advice, paint),
    ...adviceLines('CreateLogStream', streamHeading(forecast), advice, paint),
    ...adviceLines('Invoke', invokeHeading(question), advice, paint),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function titleOf({ load }: Question): string {
  const size = `${counted(load.bytes, 'byte')} a message`;
  return load.kind === 'processes'
    ? `${counted(load.writers, 'writer')}, ${figured(load.rate, 'event')} a second each, ${size}`
    : `${counted(load.writers, 'environment')}, ${figured(load.invocations, 'invocation')} a second in all, ` +
        `${figured(load.events, 'event')} an invocation, ${size}`;
}

function rowsOf(question: Question, forecast: Forecast): Row[] {
  const { load, account } = question;
  const { logStreams, streamCreationSeconds, bytesPerSecond } = forecast;
  return [
    {
      label: 'PutLogEvents',
      text: callsText(account, forecast),
      source: `quota: ${figure(account.putQuota)} a second of an account and Region (${PUT_CALLS_QUOTA_CODE})`,
    },
    { label: 'events in a call', text: eventsText(question, forecast) },
    {
      label: 'log streams',
      text: `${inDigits(logStreams)}, created in ${durationFigure(streamCreationSeconds)} if all start at once`,
      source:
        `quota: ${figure(account.streamQuota)} a second of an account and Region (${STREAMS_CREATED_QUOTA_CODE}); ` +
        `${load.kind === 'processes' ? 'the first batch of each' : 'a cold start'} takes two PutLogEvents calls`,
    },
    {
      label: 'bytes',
      text: `${byteFigure(bytesPerSecond)} a second`,
      source: `messages, and ${EVENT_OVERHEAD_BYTES} for each event, which the service adds`,
    },
    costRow(account, forecast),
    { label: 'delay', text: delayText(forecast.delay) },
  ];
}

function callsText({ otherCallsPerSecond }: Account, { putCallsPerSecond, quotaShare }: Forecast): string {
  const others = otherCallsPerSecond > 0 ? ` and ${figure(otherCallsPerSecond)} of others` : '';
  return `${figured(putCallsPerSecond, 'call')} a second${others}: ${percentage(quotaShare)} of the quota`;
}

function eventsText({ load }: Question, { eventsPerCall, eventsPerFullCall }: Forecast): string {
  const limit = limitOf(load.batchSize, eventsPerFullCall);
  return `${figure(eventsPerCall)}; a full one has ${inDigits(eventsPerFullCall)} (${limit})`;
}

/** What fills a call. */
function limitOf(batchSize: number | undefined, events: number): string {
  if (events === MAX_CALL_EVENTS) return 'limit of a call';
  return events === batchSize ? 'batchSize' : `${inDigits(MAX_CALL_BYTES)} bytes`;
}

function costRow({ pricePerGb }: Account, { dollarsPerMonth, gigabytesPerMonth }: Forecast): Row {
  const isStandard = pricePerGb === STANDARD_PRICE_PER_GB;
  return {
    label: 'cost',
    text: `${dollarFigure(dollarsPerMonth)} in 30 days: ${figure(gigabytesPerMonth)} GB at ${priceFigure(pricePerGb)}`,
    source: isStandard
      ? 'ingestion, STANDARD in us-east-1; not storage and queries'
      : 'ingestion, by --price-per-gb; not storage and queries',
  };
}

function delayText(delay: Delay): string {
  if (delay.kind === 'batch')
    return `${durationFigure(delay.meanSeconds)} on average in a batch, ${durationFigure(delay.maxSeconds)} at most; then the call`;
  if (delay.kind === 'turn')
    return `${durationFigure(delay.seconds)} and more, the time of a call for each writer; under throttling, the sink leaves up to a minute between its calls by itself`;
  if (delay.kind === 'endless')
    return 'ever longer, until memory is full and events are dropped: the quota has too few calls even for full batches';
  return delay.isThrottled
    ? 'an invocation waits while its flush repeats refused calls; where it cannot be in time, its lines go to the spool or stderr at once'
    : 'to the end of the invocation, which waits for its flush';
}

function rowLines({ label, text, source }: Row, paint: Paint): string[] {
  const below = source === undefined ? [] : paragraph(' '.repeat(LABEL_WIDTH), source);
  return [...paragraph(label.padEnd(LABEL_WIDTH), text), ...below.map((line) => paint('dim', line))];
}

function putHeading({ account }: Question, { quotaShare }: Forecast): [Colour, string] {
  const excess = (quotaShare - 1) * account.putQuota;
  return excess > 0
    ? ['red', `PutLogEvents: ${figured(excess, 'call')} a second more than the quota. What mends it:`]
    : [
        'yellow',
        `PutLogEvents: more than ${percentage(COMFORTABLE_SHARE)} of the quota leaves little for retries and bursts. What helps:`,
      ];
}

function streamHeading({ streamCreationSeconds: seconds }: Forecast): [Colour, string] {
  return [
    'yellow',
    `CreateLogStream: the last of all writers waits ${durationFigure(seconds)} for its log stream. What helps:`,
  ];
}

function invokeHeading({ load }: Question): [Colour, string] {
  const each = load.kind === 'functions' ? load.invocations / load.writers : 0;
  return [
    'yellow',
    `Lambda: ${counted(load.writers, 'environment')} would serve ${figured(each, 'invocation')} a second each. What helps:`,
  ];
}

function adviceLines(
  operation: Advice['operation'],
  [colour, heading]: [Colour, string],
  advice: readonly Advice[],
  paint: Paint,
): string[] {
  const own = advice.filter((each) => each.operation === operation);
  if (own.length === 0) return [];
  return ['', ...paragraph('', heading).map((line) => paint(colour, line)), ...own.flatMap(adviceItem)];
}

/** The command is divided as a shell takes it. */
function adviceItem({ text, command }: Advice): string[] {
  const lines = paragraph(`${INDENT}- `, text);
  if (command === undefined) return lines;
  const [first, rest] = command.split(/ (?=--quota-code)/) as [string, string];
  return [...lines, `${INDENT}${INDENT}${first} \\`, `${INDENT}${INDENT}${INDENT}${rest}`];
}
