import { serialized } from '../../../runtime/logger/serializers.js';
import { memoryLogger } from '../../support/memory-sink.js';
import { refuse } from '../../support/hostile.js';

const error = new Error('e');

test('fields that no serializer is for are handed on as they are', () => {
  const fields = { a: 1 };

  expect(serialized(fields, undefined)).toBe(fields);
  expect(serialized(fields, { b: refuse })).toBe(fields);
});

test('a serializer says what there is in place of its field, which stays as it was', () => {
  const fields = { user: { id: 7 }, a: 1 };

  expect(serialized(fields, { user: ({ id }: { id: number }) => id })).toEqual({ user: 7, a: 1 });
  expect(fields).toEqual({ user: { id: 7 }, a: 1 });
});

test('the one of err is asked for an error that is called error, if there is none of that name', () => {
  const err = ({ message }: Error) => `serialized ${message}`;

  expect(serialized({ err: error }, { err })).toEqual({ err: 'serialized e' });
  expect(serialized({ error }, { err })).toEqual({ error: 'serialized e' });
  expect(serialized({ error }, { err, error: () => 'own' })).toEqual({ error: 'own' });
  expect(serialized({ error: 'E_CODE' }, { err })).toEqual({ error: 'E_CODE' });
});

test('one that throws leaves a mark, and costs no other field anything', () => {
  expect(serialized({ user: 1, a: 2 }, { user: refuse })).toEqual({ user: '[unreadable: no]', a: 2 });
});

test('what is inherited is no serializer', () => {
  expect(serialized({ toString: 1 }, {})).toEqual({ toString: 1 });
});

test('those of a child come to those of its parent, and count for what is bound and what is logged', () => {
  const { logger, sink } = memoryLogger();
  const parent = logger.child({}, { serializers: { user: () => 'parent', order: () => 'parent' } });
  const child = parent.child({ user: 1 }, { serializers: { user: () => 'child', broken: refuse } });

  child.info('hi', { order: 1, broken: 1 });
  parent.info('hi', { user: 1, broken: 1 });
  logger.info('hi', { user: 1 });

  expect(sink.told).toEqual([
    { message: 'hi', user: 'child', order: 'parent', broken: '[unreadable: no]' },
    { message: 'hi', user: 'parent', broken: 1 },
    { message: 'hi', user: 1 },
  ]);
});

test('the one of err is asked for an error wherever a log call has it', () => {
  const { logger, sink } = memoryLogger();
  const child = logger.child({}, { serializers: { err: ({ message }: Error) => ({ told: message }) } });

  child.error(error);
  child.error('failed', error);
  child.error({ err: error }, 'failed');
  child.error('failed', { a: 1 }, error);

  expect(sink.told).toEqual([
    { message: 'e', error: { told: 'e' } },
    { message: 'failed', error: { told: 'e' } },
    { message: 'failed', err: { told: 'e' } },
    { message: 'failed', a: 1, error: { told: 'e' } },
  ]);
});
