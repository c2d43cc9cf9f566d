import * as fc from 'fast-check';
import { isBalanced, LEVELS, withContext, type ContextOptions, type Level } from '../../runtime/index.js';
import type { Logger } from '../../runtime/logger/logger.js';
import { memoryLogger, type MemorySink } from '../support/memory-sink.js';

/** A log call of one of the loggers, or work in a context. */
type Step =
  | { readonly logger: number; readonly level: Level }
  | {
      readonly options: ContextOptions | undefined;
      readonly fails: boolean;
      readonly steps: readonly Step[];
    };

const levels = fc.constantFrom(...LEVELS);
const options = fc.record({
  bufferLevel: fc.constantFrom('trace', 'debug', 'info', 'warn', undefined),
  sampleRate: fc.constantFrom(0, 1, undefined, undefined, undefined),
});

const { steps } = fc.letrec<{ steps: readonly Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 6 }),
  step: fc.oneof(
    { maxDepth: 4, depthSize: 'large' },
    fc.record({ logger: fc.nat(2), level: levels }),
    fc.record({ options: fc.option(options, { nil: undefined }), fails: fc.boolean(), steps: tie('steps') }),
  ),
}));

const rank = (level: Level): number => LEVELS.indexOf(level);

/** What a scope with options of its own holds, by the words of the documentation. */
interface ModelScope {
  readonly outer: ModelScope | undefined;
  readonly level: Level;
  readonly isSampled: boolean;
  waiting: { readonly pipeline: number; readonly id: number }[];
}

/** Says what is stored by each pipeline, and how many lines are filtered. */
class Model {
  readonly stored: number[][] = [[], []];
  readonly filtered = [0, 0];
  readonly calls = [0, 0];
  #scope: ModelScope | undefined;
  #id = 0;
  readonly #minimums: readonly Level[];

  constructor(minimums: readonly Level[]) {
    this.#minimums = minimums;
  }

  play(all: readonly Step[]): void {
    for (const step of all) {
      if ('level' in step) this.#log(step.logger, step.level);
      else this.#scopeOf(step);
    }
  }

  #scopeOf({ options: given, fails, steps: inner }: Extract<Step, { fails: boolean }>): void {
    const outer = this.#scope;
    const isSampled = given?.sampleRate === undefined ? (outer?.isSampled ?? false) : given.sampleRate === 1;
    const hasOwn =
      given !== undefined &&
      (given.bufferLevel !== undefined || (given.sampleRate !== undefined && isSampled));
    if (hasOwn) this.#scope = { outer, level: given.bufferLevel ?? 'debug', isSampled, waiting: [] };
    this.play(inner);
    if (fails && given !== undefined) this.#release(this.#scope);
    if (hasOwn) for (const { pipeline } of this.#scope!.waiting) this.filtered[pipeline]!++;
    this.#scope = outer;
  }

  #release(scope: ModelScope | undefined): void {
    if (!scope) return;
    this.#release(scope.outer);
    for (const { pipeline, id } of scope.waiting) this.stored[pipeline]!.push(id);
    scope.waiting = [];
  }

  #log(logger: number, level: Level): void {
    const id = this.#id++;
    const pipeline = logger % 2;
    const isLogged = rank(level) >= rank(this.#minimums[logger]!);
    const scope = this.#scope;
    const isFromBufferLevel = scope !== undefined && rank(level) >= rank(scope.level);
    const isError = level === 'error' || level === 'fatal';
    const waits =
      scope !== undefined &&
      !scope.isSampled &&
      !isError &&
      (isLogged ? rank(level) <= rank(scope.level) : isFromBufferLevel);
    const isStored = !waits && (isLogged || (isFromBufferLevel && scope.isSampled));
    if (waits || isStored) this.calls[pipeline]!++;
    if (waits) scope.waiting.push({ pipeline, id });
    if (isStored && isError) this.#release(scope);
    if (isStored) this.stored[pipeline]!.push(id);
  }
}

class Play {
  readonly ends = [memoryLogger(), memoryLogger()] as const;
  readonly #loggers: readonly Logger[];
  /** When each call was made. */
  readonly timesMs: number[] = [];

  constructor(minimums: readonly Level[]) {
    const [first, second] = this.ends;
    this.#loggers = [first.logger, second.logger, first.logger.child({})];
    for (const [index, logger] of this.#loggers.entries()) logger.level = minimums[index]!;
  }

  play(all: readonly Step[]): void {
    for (const step of all) {
      if ('level' in step) this.#log(this.#loggers[step.logger]!, step.level);
      else this.#scopeOf(step);
    }
  }

  #log(logger: Logger, level: Level): void {
    const id = this.timesMs.length;
    const stored = (): number =>
      logger.stats().accepted + logger.stats().buffered + logger.stats().filtered.total;
    const before = stored();
    const isEnabled = logger.isLevelEnabled(level);
    this.timesMs.push(++nowMs);
    logger[level]({ id });
    expect(stored() > before).toBe(isEnabled);
  }

  /** Handles each failure at once. */
  #scopeOf({ options: given, fails, steps: inner }: Extract<Step, { fails: boolean }>): void {
    const failure = new Error('of the work');
    const work = (): void => {
      this.play(inner);
      if (fails) throw failure;
    };
    try {
      withContext({}, work, given);
    } catch (error) {
      expect(error).toBe(failure);
    }
  }
}

const idsOf = ({ logged }: MemorySink): unknown[] => logged.map(({ id }) => id);

let nowMs = 1_800_000_000_000;

beforeAll(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
});

afterAll(() => jest.restoreAllMocks());

test('what is stored of any calls, at any levels, in any contexts, is what the documentation says', () => {
  fc.assert(
    fc.property(fc.array(levels, { minLength: 3, maxLength: 3 }), steps, (minimums, all) => {
      const play = new Play(minimums);
      const model = new Model(minimums);
      play.play(all);
      model.play(all);

      for (const [pipeline, { logger, sink }] of play.ends.entries()) {
        const account = logger.stats();
        expect(idsOf(sink)).toEqual(model.stored[pipeline]);
        expect(sink.records.map(({ timeMs }) => timeMs)).toEqual(
          model.stored[pipeline]!.map((id) => play.timesMs[id]!),
        );
        expect(account.filtered.total).toBe(model.filtered[pipeline]);
        expect(account.accepted + account.filtered.total).toBe(model.calls[pipeline]);
        expect(account.buffered).toBe(0);
        expect(isBalanced(account)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
