import type { Logger } from '../../runtime/logger/logger.js';
import { evaluated, withShortStacks } from './evaluated.js';
import { refuse } from './hostile.js';
import { told } from './values.js';

/** A log call, and what is stored of it. */
export interface LoggedCall {
  /** As the document shows it. */
  readonly code: string;
  readonly log: (logger: Logger) => void;
  /** The line behind time and level. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/** A document of a database, as its mapper has it. */
class Doc {
  readonly passwordHash = 'secret';
  toJSON(): object {
    return { id: 7 };
  }
}

/** What the examples of the document speak of; made anew for each call. */
const scope = (): Record<string, unknown> => ({
  err: failure(new Error('boom')),
  late: failure(new Error('late')),
  silent: failure(new TypeError()),
  unreadable: Object.defineProperty(failure(new Error('boom')), 'message', { get: refuse }),
  doc: new Doc(),
  refuse,
});

const failure = withShortStacks<Error>;

function call(code: string, message: string, members: object = {}): LoggedCall {
  const log = (logger: Logger): void => {
    evaluated(code, { logger, ...scope() });
  };
  return { code, log, stored: { message, ...members } };
}

const boom = told('Error', 'boom');
const late = told('Error', 'late');

/** Each order of arguments, by what they are about. */
export const calls: Readonly<Record<string, readonly LoggedCall[]>> = {
  'Message and fields': [
    call("logger.info('paid', { id: 7 })", 'paid', { id: 7 }),
    call("logger.info({ id: 7 }, 'paid')", 'paid', { id: 7 }),
    call("logger.info('paid')", 'paid'),
    call("logger.info('')", ''),
    call('logger.info({ id: 7 })', '', { id: 7 }),
    call("logger.info({ message: 'paid', id: 7 })", 'paid', { id: 7 }),
    call('logger.info({ id: 7 }, { to: 8 })', '', { id: 7, to: 8 }),
    call("logger.info('paid', { id: 7 }, { to: 8 })", 'paid', { id: 7, to: 8 }),
    call("logger.info({ id: 7 }, 'paid', { to: 8 })", 'paid', { id: 7, to: 8 }),
    call("logger.info('paid', { id: 7 }, { id: 8 }, { id: 9 })", 'paid', { id: 7, _id: 8, __id: 9 }),
    call("logger.info('paid', doc)", 'paid', { id: 7 }),
    call("logger.info('paid', { doc })", 'paid', { doc: { id: 7 } }),
    call("logger.info('paid', { id: 7 }, { toJSON: refuse })", 'paid [unreadable: no]', { id: 7 }),
  ],
  Errors: [
    call('logger.error(err)', 'boom', { error: boom }),
    call('logger.error(err, { id: 7 })', 'boom', { error: boom, id: 7 }),
    call('logger.error({ id: 7 }, err)', 'boom', { id: 7, error: boom }),
    call('logger.error({ err })', 'boom', { error: boom }),
    call('logger.error({ error: err, id: 7 })', 'boom', { error: boom, id: 7 }),
    call("logger.error('failed', err)", 'failed', { error: boom }),
    call("logger.error(err, 'failed')", 'failed', { error: boom }),
    call("logger.error('failed', { err, id: 7 })", 'failed', { error: boom, id: 7 }),
    call("logger.error('failed', { id: 7 }, err)", 'failed', { id: 7, error: boom }),
    call("logger.error('failed', err, { id: 7 })", 'failed', { error: boom, id: 7 }),
    call("logger.error({ id: 7 }, 'failed', err)", 'failed', { id: 7, error: boom }),
    call("logger.error(err, 'failed', { id: 7 })", 'failed', { error: boom, id: 7 }),
    call("logger.error(err, { message: 'failed' })", 'failed', { error: boom }),
    call("logger.error('failed', err, late)", 'failed', { error: boom, _error: late }),
    call("logger.error(err, 'failed', late)", 'failed', { error: boom, _error: late }),
    call("logger.error('failed', { err }, err)", 'failed', { error: boom }),
    call("logger.error('failed', { reason: err })", 'failed', { reason: boom }),
    call('logger.error({ reason: err })', '', { reason: boom }),
    call('logger.error(silent)', 'TypeError', { error: told('TypeError', '') }),
    call('logger.error(unreadable)', '[unreadable: no]', {
      error: { ...boom, message: '[unreadable: no]' },
    }),
  ],
  'Names that collide': [
    call("logger.error('failed', { err, error: 'E_CODE' })", 'failed', { error: boom, _error: 'E_CODE' }),
    call("logger.error('failed', { error: 'E_CODE', err })", 'failed', { error: boom, _error: 'E_CODE' }),
    call("logger.error('failed', { error: 'E_CODE' }, err)", 'failed', { error: boom, _error: 'E_CODE' }),
    call("logger.error('failed', { err, error: late })", 'failed', { error: boom, _error: late }),
    call("logger.error('failed', { err: 'E_CODE' })", 'failed', { err: 'E_CODE' }),
    call("logger.child({ err: late }).error('failed', err)", 'failed', { error: boom, _error: late }),
    call("logger.info('paid', { message: 'mine' })", 'paid', { _message: 'mine' }),
    call("logger.info('paid', { level: 3, timestamp: 4 })", 'paid', { _level: 3, _timestamp: 4 }),
    call("logger.info('paid', { message: 1, _message: 2 })", 'paid', { _message: 1, __message: 2 }),
    call("logger.info('paid', JSON.parse('{\"__proto__\":7}'))", 'paid', JSON.parse('{"__proto__":7}')),
    call("logger.child({ id: 7 }).info('paid', { id: 8 })", 'paid', { id: 8 }),
    call("logger.withContext({ id: 7 }, () => logger.info('paid', { id: 8 }))", 'paid', { id: 8 }),
  ],
  'Other values': [
    call("logger.info('took', 5, 'ms')", 'took 5 ms'),
    call("logger.info('took', 5, { id: 7 })", 'took 5', { id: 7 }),
    call("logger.info('ids', [7, 8])", 'ids [7,8]'),
    call("logger.info('paid', null)", 'paid null'),
    call("logger.info('paid', undefined)", 'paid'),
    call("logger.info(null, 'paid')", 'null paid'),
    call("logger.info(undefined, 'paid')", 'paid'),
    call('logger.info({ id: 7 }, null)', 'null', { id: 7 }),
    call('logger.info({ id: 7 }, undefined)', '', { id: 7 }),
    call('logger.info(5)', '5'),
    call('logger.info(null)', 'null'),
    call('logger.info(undefined)', 'undefined'),
    call('logger.info([7, 8])', '[7,8]'),
    call('logger.info(new Set([7]))', '[7]'),
    call("logger.info(new Map([['id', 7]]))", '', { id: 7 }),
    call("logger.info(new Date('2026-11-22'))", '2026-11-22T00:00:00.000Z'),
    call("logger.info(new URL('https://example.com/a'))", 'https://example.com/a'),
    call("logger.info(Buffer.from('hi'))", '[Buffer(2): 6869]'),
    call("logger.info(new String('paid'), { id: 7 })", 'paid', { id: 7 }),
  ],
  Placeholders: [
    call("logger.info('%s took %d ms', 'job', 5)", 'job took 5 ms'),
    call("logger.info('%s took %d ms', 'job', 5, { id: 7 })", 'job took 5 ms', { id: 7 }),
    call("logger.info({ id: 7 }, '%s paid', 'Ann')", 'Ann paid', { id: 7 }),
    call("logger.error(err, '%s failed', 'job')", 'job failed', { error: boom }),
    call("logger.error('%s failed', 'job', err)", 'job failed', { error: boom }),
    call("logger.info('took %d', { id: 7 }, 5)", 'took 5', { id: 7 }),
    call("logger.info('%s paid', { id: 7 })", '{"id":7} paid'),
    call("logger.info('%j paid', { id: 7 })", '{"id":7} paid'),
    call("logger.info('%o paid', { id: 7 })", '{"id":7} paid'),
    call("logger.info('%j paid', { id: 7 }, { to: 8 })", '{"id":7} paid', { to: 8 }),
    call("logger.info('%s %j', 'to', { id: 7 }, { to: 8 })", 'to {"id":7}', { to: 8 }),
    call("logger.error('failed: %s', err)", 'failed: Error: boom', { error: boom }),
    call("logger.error('failed: %j', err)", 'failed: Error: boom', { error: boom }),
    call("logger.error('failed: %s', err, { id: 7 })", 'failed: Error: boom', { error: boom, id: 7 }),
    call("logger.info('%s to %s', 'Ann')", 'Ann to %s'),
    call("logger.info('%s paid', 'Ann', 'cash', 5)", 'Ann paid cash 5'),
    call("logger.info('%s', undefined)", 'undefined'),
    call("logger.info('%i of %f', 1.9, '2.5')", '1 of 2.5'),
    call("logger.info('%d', 'many')", 'many'),
    call("logger.info('%d', 7n)", '7'),
    call("logger.info('%s', new Map([['id', 7]]))", '{"id":7}'),
    call("logger.info('100%')", '100%'),
    call("logger.info('100% paid', { id: 7 })", '100% paid', { id: 7 }),
    call("logger.info('100%% paid')", '100%% paid'),
    call("logger.info('100%% paid by %s', 'Ann')", '100% paid by Ann'),
    call("logger.info('%x %c', 5)", '%x %c 5'),
  ],
};
