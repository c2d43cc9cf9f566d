import pino from 'pino';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import type { Serializers } from '../../../runtime/logger/serializers.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { MemorySink, type Line } from '../../support/memory-sink.js';

/** What both have, in our types: those of pino know nothing of a placeholder that it has not written down. */
type Both = Pick<Logger, 'info' | 'child' | 'setBindings' | 'bindings'>;

type Work = (logger: Both) => void;

/** What pino writes, with our name for its message. */
function linesOfPino(work: Work, serializers: Serializers = {}): Line[] {
  const lines: Line[] = [];
  const stream = {
    write: (text: string) => {
      const { level: _, msg: message = '', ...fields } = JSON.parse(text) as Line;
      lines.push({ message, ...fields });
    },
  };
  work(pino({ base: null, timestamp: false, serializers }, stream) as unknown as Both);
  return lines;
}

function ourLines(work: Work, serializers: Serializers = {}): Line[] {
  const sink = new MemorySink();
  const settings = new Settings({ core: { enrich: false } }, { env: {} });
  work(getLogger({ settings, sinks: [sink], serializers }));
  return sink.told;
}

const user = { id: 7, password: 'secret' };
const onlyId = (given: { id: number }): unknown => ({ id: given.id });
const upper = (text: string): string => text.toUpperCase();

describe('what pino writes, ours writes', () => {
  test.each<[string, Work]>([
    ['a message', (log) => log.info('hi')],
    ['fields and a message', (log) => log.info({ a: 1 }, 'hi')],
    ['fields', (log) => log.info({ a: 1 })],
    ['%s with a text', (log) => log.info('a %s b', 'x')],
    ['%s with a number', (log) => log.info('a %s b', 5)],
    ['%d', (log) => log.info('a %d b', 5.5)],
    ['%d with a text', (log) => log.info('a %d b', '5')],
    ['%i', (log) => log.info('a %i b', 5.9)],
    ['%f', (log) => log.info('a %f b', 5.5)],
    ['%j', (log) => log.info('a %j b', { x: [1, 'y', null] })],
    ['%o', (log) => log.info('a %o b', { x: { y: 1 } })],
    ['%O', (log) => log.info('a %O b', { x: 1 })],
    ['%%', (log) => log.info('100%% of %s', 'x')],
    ['%% alone', (log) => log.info('100%%')],
    ['a placeholder without a value', (log) => log.info('a %s %s', 'x')],
    ['several', (log) => log.info({ a: 1 }, '%s %d %j', 'x', 2, { y: 3 })],
    ['a child', (log) => log.child({ a: 1 }).child({ b: 2 }).info({ c: 3 }, 'hi')],
    [
      'bindings that are added',
      (log) => {
        const child = log.child({ a: 1 });
        const before = child.child({ x: 1 });
        child.setBindings({ b: 2 });
        child.info('after');
        before.info('a child from before');
        child.child({ c: 3 }).info('a child from after');
        log.info('the parent');
      },
    ],
    [
      'a prefix',
      (log) => {
        const child = log.child({}, { msgPrefix: '[a] ' });
        child.info('hi');
        child.info({ a: 1 }, 'hi %s', 'x');
        child.child({}, { msgPrefix: '[b] ' }).info('hi');
        child.child({ b: 1 }).info('hi');
      },
    ],
    [
      'serializers of a child',
      (log) => {
        const child = log.child({}, { serializers: { user: onlyId } });
        child.info({ user, other: user }, 'hi');
        log.info({ user }, 'the parent');
        child.child({}).info({ user }, 'a child of it');
      },
    ],
    [
      'serializers of parent and child',
      (log) => {
        const child = log.child({}, { serializers: { user: onlyId, name: upper } });
        child.child({}, { serializers: { name: () => 'own' } }).info({ user, name: 'n' }, 'hi');
      },
    ],
    [
      'serializers for bindings, when they are bound',
      (log) => {
        const changing = { id: 7, password: 'secret' };
        const child = log.child({ user: changing }, { serializers: { user: onlyId } });
        changing.id = 8;
        child.info('hi');
      },
    ],
    [
      'serializers of a child, not for bindings from before',
      (log) => {
        log
          .child({ user })
          .child({}, { serializers: { user: onlyId } })
          .info('hi');
      },
    ],
    [
      'a serializer that says undefined',
      (log) => {
        log.child({}, { serializers: { user: () => undefined } }).info({ user, a: 1 }, 'hi');
      },
    ],
  ])('%s', (_, work) => {
    expect(ourLines(work)).toEqual(linesOfPino(work));
  });

  test.each<[string, Work, string, string]>([
    ['%s with an object', (log) => log.info('a %s b', { x: 1 }), 'a [object Object] b', 'a {"x":1} b'],
    ['%j with a text', (log) => log.info('a %j b', 'x'), "a 'x' b", 'a "x" b'],
    ['a value without a placeholder', (log) => log.info('a %x b', 1), 'a %x b', 'a %x b 1'],
    ['a stray percent sign', (log) => log.info('100% %s', 'x'), '100% %s', '100% x'],
  ])('but says more for %s', (_, work, theirs, own) => {
    expect(linesOfPino(work)).toEqual([{ message: theirs }]);
    expect(ourLines(work)).toEqual([{ message: own }]);
  });

  test('with serializers of the first logger', () => {
    const serializers = { user: onlyId, name: upper };
    const work: Work = (log) => {
      log.info({ user, name: 'n' }, 'hi');
      log.child({ user }).info({ name: 'n' }, 'hi');
      log.child({ name: 'n' }, { serializers: { name: () => 'own' } }).info({ user }, 'hi');
      const child = log.child({});
      child.setBindings({ user });
      child.info('hi');
    };

    expect(ourLines(work, serializers)).toEqual(linesOfPino(work, serializers));
  });

  test('what is bound', () => {
    const bindings: object[] = [];
    const work: Work = (log) => {
      const child = log.child({ a: 1, b: 1 }).child({ b: 2 });
      child.setBindings({ c: 3 });
      bindings.push(child.bindings());
    };
    ourLines(work);
    linesOfPino(work);

    expect(bindings[0]).toEqual(bindings[1]);
  });
});
