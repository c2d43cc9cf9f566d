import type { Environment } from '../../contract/codec.js';
import { knownFields, variable } from '../enrich/variables.js';
import { headerOfProcess } from '../io/invoke-store.js';
import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import { currentInvocation, durableData, told } from './invocation.js';
import type { WorkOfRecord } from './given-record.js';
import { currentScope } from './scope.js';
import { fieldsOfHeader, fieldsOfSpan, fieldsOfSpanContext, type TraceFormat } from './trace-ids.js';

/** The fields of an invocation. Each object is made once for all its lines, and frozen so that the encoder encodes it only once. */
interface InvocationFields {
  readonly requestId: string | undefined;
  readonly tenantId: string | undefined;
  readonly header: string | undefined;
  readonly all: Fields | undefined;
  readonly withoutRequestId: Fields | undefined;
}

/** Invocations whose fields are remembered, because they may take turns. */
const MAX_INVOCATIONS = 256;

/**
 * Makes the function that each log call asks for the fields of the work in which it is made. `given` are those that the application
 * gives. It returns `undefined` where there are none, and never throws, unless the stack is full.
 *
 * - The ids of the trace: those of the active OpenTelemetry span, where `@opentelemetry/api` is in the process; else those
 *   that the headers of the HTTP request name which is answered; else those of the X-Ray header of the invocation, whose parent is the
 *   span.
 * - In an invocation of a Lambda function, `requestId` and `tenantId`.
 * - In a durable execution, what its SDK says.
 *
 * A record that comes later than it was logged has only the ids of the span that it names itself.
 */
export function workReader(
  env: Environment,
  format: TraceFormat,
): (given: readonly Fields[], work?: WorkOfRecord) => Fields | undefined {
  // Outside of Lambda, looking for an invocation would take time for nothing.
  const isFunction = variable(env, 'AWS_LAMBDA_FUNCTION_NAME') !== undefined;
  const invocations = new Invocations(env, format);
  return (given, work) => {
    const span = spanFields(work, format);
    if (work?.isDetached || (!isFunction && !told.isAny)) return span;
    const { all, withoutRequestId } = invocations.current();
    const durable = told.isDurable ? durableData() : undefined;
    // A name that occurs twice would send the line to the encoder's slow path.
    const isGiven = given.some(hasRequestId);
    if (!span && !durable) return isGiven ? withoutRequestId : all;
    const fields: Record<string, unknown> = { ...all, ...span, ...durable };
    if (isGiven) delete fields['requestId'];
    return fields;
  };
}

function spanFields(work: WorkOfRecord | undefined, format: TraceFormat): Fields | undefined {
  if (work?.span) return fieldsOfSpanContext(work.span, format);
  if (work?.isDetached) return undefined;
  const active = work?.span === null ? undefined : fieldsOfSpan(format);
  return active ?? currentScope()?.request?.trace?.fields(format);
}

function hasRequestId(fields: Fields): boolean {
  return guarded(() => Object.hasOwn(fields, 'requestId'), false);
}

/** The fields of the invocations that are running. */
class Invocations {
  readonly #format: TraceFormat;
  readonly #headerOfProcess: () => string | undefined;
  readonly #known = new Map<string, InvocationFields>();
  #last: InvocationFields | undefined;

  constructor(env: Environment, format: TraceFormat) {
    this.#format = format;
    this.#headerOfProcess = headerOfProcess(env);
  }

  /** The fields of the invocation in which this is called. */
  current(): InvocationFields {
    const { requestId, tenantId, traceHeader } = currentInvocation();
    // Reading a variable of the process takes longer than the rest of a log call.
    const header = traceHeader ?? this.#headerOfProcess();
    const last = this.#last;
    if (last && last.requestId === requestId && last.header === header && last.tenantId === tenantId)
      return last;
    const key = [requestId, tenantId, header].join('\n');
    return (this.#last = this.#known.get(key) ?? this.#add(key, requestId, tenantId, header));
  }

  #add(key: string, requestId?: string, tenantId?: string, header?: string): InvocationFields {
    const trace = header === undefined ? undefined : fieldsOfHeader(header, this.#format);
    const [all, withoutRequestId] = [
      { requestId, tenantId, ...trace },
      { tenantId, ...trace },
    ].map(fieldsIfAny);
    const fields = { requestId, tenantId, header, all, withoutRequestId };
    if (this.#known.size === MAX_INVOCATIONS) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(key, fields);
    return fields;
  }
}

/** The fields that have a value; `undefined` if none has. */
function fieldsIfAny(fields: Fields): Fields | undefined {
  const known = knownFields(fields);
  return Object.keys(known).length > 0 ? known : undefined;
}
