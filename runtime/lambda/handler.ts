import { isThenable } from '../plugins/definition.js';
import { OpenInvocation } from './open-invocation.js';
import { planOf, type LambdaOptions, type LambdaPlan } from './lambda-options.js';
import { responseStreamOf, streamEnd } from './response-stream.js';

/** A handler of AWS Lambda: `(event, context)`, or `(event, responseStream, context)` where the response is a stream. */
export type LambdaHandler = (...args: never[]) => unknown;

/** The type of a handler once it is wrapped: its own, but that one which returned a value returns a promise of it. */
export type Wrapped<Handler extends LambdaHandler> = Handler extends (
  ...args: never[]
) => Promise<unknown> | void
  ? Handler
  : (...args: Parameters<Handler>) => Promise<Awaited<ReturnType<Handler>>>;

type Call = (...args: unknown[]) => unknown;
type Callable = (...args: any[]) => unknown; // oxlint-disable-line typescript/no-explicit-any -- only Lambda knows its arguments

/**
 * Wraps the handler of a function. Each line that is logged in an invocation has its ids; an error of the handler is logged, and thrown
 * on as it is; what was logged is delivered before the response is handed back, because Lambda freezes the environment then.
 *
 * ```ts
 * export const handler = withLambda(async (event: APIGatewayProxyEventV2, context: Context) => { … });
 * ```
 *
 * Name, number of parameters and properties of the handler are kept. The handler may be streaming, before
 * `awslambda.streamifyResponse` or after it. One that calls back, `(event, context, callback)`, and returns no promise, is refused when
 * it is called.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger that is malformed or missing.
 */
export function withLambda<Handler extends LambdaHandler>(
  handler: Handler,
  options: LambdaOptions = {},
): Wrapped<Handler> {
  if (typeof handler !== 'function')
    throw new TypeError(`withLambda takes a handler, a function; it was given ${givenAs(handler, options)}`);
  const plan = planOf('withLambda', options);
  return new Proxy(handler, {
    apply: (target, self, args: unknown[]) =>
      invoke(target, (...given) => Reflect.apply(target as Callable, self, given), args, plan),
  }) as unknown as Wrapped<Handler>;
}

/** What stands in the place of the handler, and what to do about it. */
function givenAs(given: unknown, second: unknown): string {
  if (isThenable(given)) return 'a promise: pass the handler itself, and do not call it';
  if (typeof second === 'function') return 'the options first: the handler comes before them';
  return typeof given;
}

async function invoke(
  handler: LambdaHandler,
  call: Call,
  args: readonly unknown[],
  plan: LambdaPlan,
): Promise<unknown> {
  const stream = responseStreamOf(handler, args);
  const [event, second, third] = args;
  const invocation = new OpenInvocation({ event, context: stream ? third : second }, plan);
  let result: unknown;
  try {
    result = await invocation.run(() => (stream ? call(...args) : answered(handler, call, args)));
  } catch (error) {
    invocation.failed(error);
    await invocation.end(true);
    throw error;
  }
  if (stream) await streamEnd(stream, invocation.streamMs);
  await invocation.end(false);
  return stream ? undefined : result;
}

/**
 * Without a callback that does anything: what is logged could not be delivered before it is called. Other third arguments are those of a
 * middleware engine.
 */
function answered(handler: LambdaHandler, call: Call, args: readonly unknown[]): unknown {
  const [event, context, third = () => undefined, ...more] = args;
  if (typeof third !== 'function') return call(event, context, third, ...more);
  if (handler.length < 3) return call(event, context);
  const answer = call(event, context, () => undefined);
  if (isThenable(answer)) return answer;
  throw new TypeError(
    `withLambda: the handler ${handler.name || 'without a name'} answers by a callback, (event, context, callback), which Lambda no longer supports from Node.js 24 on; make it async, (event, context), and return the response`,
  );
}
