import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudWatchInput } from '../../../contract/sections.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import type { SettingsInput } from '../../../runtime/settings/settings.js';

/** A way that a log call may take. */
export interface Scenario {
  readonly name: string;
  readonly sink?: CloudWatchInput;
  readonly settings?: SettingsInput;
  /** Calls before the one in which something throws. */
  readonly before?: number;
  /** Logs an event with this number. */
  readonly log: (logger: Logger, id: number) => void;
  /** The other calls. @default - the same */
  readonly logOthers?: Scenario['log'];
  /** The logger with which the event is logged. @default - the one that writes to the sink */
  readonly loggerOf?: (logger: Logger) => Logger;
  /** Whether one log call makes several events. */
  readonly isMany?: boolean;
  /** Whether it takes so long that one kind of thrown value has to do, at the first call of each function. */
  readonly isSlow?: boolean;
  /** Whether the logger is closed. */
  readonly isClosed?: boolean;
}

const plain: Scenario['log'] = (logger, id) => logger.info('order placed', { id, amount: 12.5, tags: ['a'] });

/** Room for three of the events of `plain`. */
const full = { maxQueueEvents: 3, batchSize: 2 };

export const scenarios: readonly Scenario[] = [
  { name: 'an ordinary record', log: plain },
  { name: 'a record with an error', log: (logger, id) => logger.error('failed', new Error('no'), { id }) },
  {
    name: 'values for placeholders, and any other value',
    log: (logger, id) =>
      logger.info('%s of %d %j', 'a', 7, { b: 1 }, { id }, new Map([['k', 1n]]), Symbol('s')),
  },
  {
    name: 'a getter that logs, and one that throws',
    isMany: true,
    log: (logger, id) =>
      logger.info('outer', {
        id,
        get inner() {
          logger.info('inner');
          return 1;
        },
        get broken() {
          throw new Error('broken');
        },
      }),
  },
  {
    name: 'a child with serializers, a prefix and a context',
    loggerOf: (logger) =>
      logger.child({ part: 'p' }, { serializers: { user: () => 'somebody' }, msgPrefix: '> ' }),
    log: (logger, id) => logger.info({ id, user: { name: 'x' } }, 'of a child'),
  },
  { name: 'the event that completes a batch', sink: { batchSize: 2 }, before: 1, log: plain },
  {
    name: 'an event that does not fit into the open batch',
    isSlow: true,
    before: 5,
    log: (logger, id) => logger.info('x'.repeat(200_000), { id }),
  },
  ...(['shed', 'drop_oldest', 'drop_newest'] as const).map((overflowPolicy): Scenario => ({
    name: `a full queue, ${overflowPolicy}`,
    sink: { ...full, overflowPolicy },
    before: 3,
    log: plain,
  })),
  {
    name: 'a full queue, with a spool',
    sink: {
      ...full,
      get spoolDir() {
        return newDirectory();
      },
    },
    before: 3,
    log: plain,
  },
  {
    name: 'a spool that has each event at once',
    sink: {
      batchSize: 2,
      spoolMode: 'always',
      get spoolDir() {
        return newDirectory();
      },
    },
    before: 1,
    log: plain,
  },
  ...(['truncate', 'split', 'drop'] as const).map((oversizeAction): Scenario => ({
    name: `an event over the limit, ${oversizeAction}`,
    sink: { oversizeAction },
    isMany: oversizeAction === 'split',
    isSlow: true,
    logOthers: plain,
    log: (logger, id) => logger.info('large', { id, text: 'y'.repeat(1_100_000) }),
  })),
  {
    name: 'redaction',
    settings: { redaction: { enabled: true, keys: ['password'], paths: ['user.name'], patterns: ['email'] } },
    log: (logger, id) => logger.info('login of a@example.com', { id, password: 'p', user: { name: 'n' } }),
  },
  {
    name: 'filters',
    settings: {
      core: { filters: ['level', 'sampling', 'rate_limit', 'first_occurrence', 'size_guard'] },
      filterConfig: { sampling: { rate: 0.999 }, rateLimit: { capacity: 100, refillRatePerSec: 100 } },
    },
    log: plain,
  },
  { name: 'a closed logger', isClosed: true, log: plain },
];

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'fapilog-boundaries-'));
}
