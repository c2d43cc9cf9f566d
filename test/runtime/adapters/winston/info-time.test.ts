import winston from 'winston';
import { CloudWatchTransport } from '../../../../runtime/adapters/winston.js';
import { timeOf } from '../../../../runtime/adapters/winston/info-time.js';
import { memoryLogger } from '../../../support/memory-sink.js';

const DAY_MS = 86_400_000;
const nowMs = Date.parse('2026-03-01T12:00:00.000Z');

test('a date is the time of the event', () => {
  const timeMs = nowMs - 60_000;

  expect(timeOf('2026-03-01T11:59:00.000Z', nowMs)).toEqual({ timeMs, isWhole: true });
  expect(timeOf(new Date(timeMs), nowMs)).toEqual({ timeMs, isWhole: true });
  expect(timeOf(timeMs, nowMs)).toEqual({ timeMs, isWhole: true });
});

test('a date that says more than the line’s stays a field as well', () => {
  expect(timeOf('2026-03-01T12:59:00+01:00', nowMs)).toEqual({ timeMs: nowMs - 60_000, isWhole: false });
});

test('a date that the service would discard is a field only', () => {
  for (const far of [nowMs - 13 * DAY_MS - 1, nowMs + 3_600_001])
    expect(timeOf(new Date(far), nowMs)).toBeUndefined();
  for (const near of [nowMs - 13 * DAY_MS, nowMs, nowMs + 3_600_000])
    expect(timeOf(near, nowMs)?.timeMs).toBe(near);
});

test('what is no date is a field only', () => {
  for (const other of [
    'now',
    '2026-03-01 11:59:00',
    'March 1, 2026',
    NaN,
    null,
    {},
    new Date(NaN),
    1_772_000_000,
  ])
    expect(timeOf(other, nowMs)).toBeUndefined();
});

test('the line has the time of format.timestamp(), and other timestamps beside its own', () => {
  const { logger, sink } = memoryLogger();
  const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger })] });
  const time = new Date(Date.now() - 5_000).toISOString();
  log.info('x', { timestamp: time });
  log.log({ level: 'info', message: 'x', timestamp: 'March' });

  expect(sink.logged).toEqual([
    { timestamp: time, level: 'info', message: 'x' },
    { timestamp: expect.stringMatching(/^\d{4}-/), level: 'info', message: 'x', _timestamp: 'March' },
  ]);
});
