import { monotonicMs } from '../../io/real-timers.js';
import { randomUUID } from 'node:crypto';
import { types } from 'node:util';
import type { Level } from '../../../contract/levels.js';
import { quietly } from '../../io/quietly.js';
import type { Fields } from '../../log-record.js';
import { currentInvocation } from '../../logger/invocation.js';
import { openScope, type OpenScope } from '../../logger/open-scope.js';
import { currentScope, runIn, type HeldRequest, type Scope } from '../../logger/scope.js';
import { RequestTrace } from '../../logger/trace-ids.js';
import { copyOf } from '../../serialize/view.js';
import { answerOf, reportTrouble } from './callbacks.js';
import type { RequestFacts } from './request-facts.js';
import { defaultLevel, hasFailed, isLevel, levelIn } from './request-levels.js';
import type { RequestPlan } from './request-logger-options.js';

/** A request, as the part for its framework hands it over. */
export interface GivenRequest {
  /** The framework's object, for options that are functions. */
  readonly request: unknown;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The members that a line has of it. */
  readonly shape: Fields;
  readonly header: (name: string) => string | undefined;
  readonly route: () => string | undefined;
}

/** How a request ended. */
export interface Ending {
  /** The members that a line has of the response; absent where nothing was sent. */
  readonly res?: Fields | undefined;
  readonly statusCode?: number | undefined;
  readonly isAborted?: boolean | undefined;
  readonly error?: unknown;
  /** Bytes that went out. */
  readonly sentBytes?: number | undefined;
}

/** Neither quotes nor spaces: an id goes into queries, headers and other logs. */
const SANE_ID = /^[\w.~+/=:@-]{1,128}$/;

/** A request from its start to its end: its scope, and its lines. */
export class OpenRequest implements HeldRequest {
  readonly requestId: string;
  readonly trace: RequestTrace | undefined;
  readonly scope: Scope;
  readonly #given: GivenRequest;
  readonly #plan: RequestPlan;
  readonly #startedAt = monotonicMs();
  readonly #outer = currentScope();
  readonly #open: OpenScope;
  #error: unknown;
  #isOver = false;

  constructor(given: GivenRequest, plan: RequestPlan) {
    this.#given = given;
    this.#plan = plan;
    const invocation = currentInvocation();
    this.requestId = this.#givenId() ?? invocation.requestId ?? randomUUID();
    // In an invocation of a function, X-Ray shows the trace of that one.
    if (invocation.traceHeader === undefined)
      this.trace = RequestTrace.of(given.header('traceparent'), given.header('x-amzn-trace-id'));
    this.#open = openScope({ requestId: this.requestId }, plan.context);
    this.scope = { ...this.#open.scope, request: this };
    if (plan.startLine) quietly(() => this.#logStart(), hasThrown);
  }

  /** The header that goes back to the client. */
  get idHeader(): string | undefined {
    return this.#plan.requestIdHeader;
  }

  #givenId(): string | undefined {
    const { requestIdHeader } = this.#plan;
    const id = requestIdHeader === undefined ? undefined : this.#given.header(requestIdHeader);
    return id !== undefined && SANE_ID.test(id) ? id : undefined;
  }

  /**
   * Runs `work` in the scope.
   *
   * @param onThrown hears what it throws, now or in its promise; that is thrown on
   */
  run<Result>(work: () => Result, onThrown: (thrown: unknown) => void): Result {
    const threw = (thrown: unknown): never => {
      onThrown(thrown);
      throw thrown;
    };
    let result: Result;
    try {
      result = runIn(this.scope, work);
    } catch (thrown) {
      return threw(thrown);
    }
    return types.isPromise(result) ? (result.catch(threw) as Result) : result;
  }

  /** Keeps an error for the line at the end. The first one counts: what follows from it says less. */
  noteError(error: unknown): void {
    this.#error ??= error;
  }

  /** Logs the line at the end, and ends the scope. Later calls have no effect, and do not ask how it ended. Never throws. */
  end(endingOf: () => Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    let ending: Ending = {};
    quietly(() => void (ending = endingOf()), hasThrown);
    const facts = this.#factsOfEnd(ending);
    const failed = hasFailed(facts);
    quietly(() => runIn(this.#scopeOfEnd(failed), () => this.#logEnd(facts, ending)), hasThrown);
    quietly(() => this.#open.end(failed), hasThrown);
  }

  /** The line of a request that succeeds does not wait with its details, which are left out. */
  #scopeOfEnd(failed: boolean): Scope {
    const { scope } = this;
    const outer = this.#outer?.buffer;
    return failed || scope.buffer === outer || scope.buffer?.isSampled === true
      ? scope
      : { ...scope, buffer: outer };
  }

  #facts({ statusCode, isAborted = false, error }: Ending = {}): RequestFacts {
    const { request, method, url } = this.#given;
    return {
      request,
      method,
      url,
      path: pathOf(url),
      requestId: this.requestId,
      isAborted,
      statusCode,
      error,
    };
  }

  #factsOfEnd(ending: Ending): RequestFacts {
    return Object.assign(this.#facts({ ...ending, error: this.#error ?? ending.error }), {
      route: this.#route(),
      durationMs: Math.round((monotonicMs() - this.#startedAt) * 1_000) / 1_000,
    });
  }

  #route(): string | undefined {
    let route: string | undefined;
    quietly(() => (route = this.#given.route()), hasThrown);
    return route;
  }

  #logStart(): void {
    if (this.#isIgnored(this.#facts())) return;
    runIn(this.scope, () => this.#plan.logger().info('request started', { req: this.#req() }));
  }

  #logEnd(facts: RequestFacts, { res, sentBytes }: Ending): void {
    const level = this.#levelOf(facts);
    if (level === 'silent' || this.#isIgnored(facts)) return;
    const { durationMs, route, error, isAborted } = facts;
    const fields: Record<string, unknown> = { req: this.#req() };
    if (res !== undefined) fields['res'] = res;
    fields['durationMs'] = durationMs;
    if (route !== undefined) fields['route'] = route;
    if (isAborted && sentBytes !== undefined) fields['sentBytes'] = sentBytes;
    if (error !== undefined) fields['error'] = error;
    this.#plan.logger()[level](messageOf(facts), { ...fields, ...this.#moreFields(facts) });
  }

  #req(): Fields {
    const { shape, url } = this.#given;
    return { ...shape, url: this.#plan.query ? url : pathOf(url) };
  }

  #isIgnored(facts: RequestFacts): boolean {
    const ask = (): unknown => this.#plan.ignore(facts);
    return answerOf('ignore', ask, isBoolean, 'true or false') === true;
  }

  #levelOf(facts: RequestFacts): Level | 'silent' {
    const { level } = this.#plan;
    const ask = (): unknown => (typeof level === 'function' ? level(facts) : levelIn(level, facts));
    return answerOf('level', ask, isLevel, 'a level, or silent') ?? defaultLevel(facts);
  }

  #moreFields(facts: RequestFacts): object | undefined {
    const { fields } = this.#plan;
    // Read here: what cannot be read must not cost the line.
    const ask = (): unknown => readIf(fields?.(facts));
    return fields && answerOf('fields', ask, isFieldsObject, 'an object');
  }
}

function messageOf(facts: RequestFacts): string {
  if (facts.isAborted && facts.error === undefined) return 'request aborted';
  return hasFailed(facts) ? 'request failed' : 'request completed';
}

function pathOf(url: string): string {
  const at = url.search(/[?#]/);
  return at < 0 ? url : url.slice(0, at);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isFieldsObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isPromise(value);
}

function readIf(answer: unknown): unknown {
  return isFieldsObject(answer) ? copyOf(answer) : answer;
}

function hasThrown(thrown: unknown): void {
  reportTrouble('a line could not be logged', thrown);
}
