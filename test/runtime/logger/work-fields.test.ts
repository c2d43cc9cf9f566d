import { context, ROOT_CONTEXT, trace, TraceFlags, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import * as fc from 'fast-check';
import type { Invocation } from '../../../runtime/io/invoke-store.js';
import { inInvocation } from '../../../runtime/logger/invocation.js';
import { runIn } from '../../../runtime/logger/scope.js';
import { workReader } from '../../../runtime/logger/work-fields.js';
import { placeStore, RuntimeStore } from '../../support/invoke-store.js';

process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'orders';

const readWork = workReader(process.env, 'otel');

const traceFields = (): ReturnType<typeof readWork> => readWork([]);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const PARENT = '53995c3f42cd8ad8';
const HEADER = `Root=${ROOT};Parent=${PARENT};Sampled=1`;

function withXray<Result>(header: string | undefined, work: () => Result): Result {
  const before = process.env['_X_AMZN_TRACE_ID'];
  if (header === undefined) delete process.env['_X_AMZN_TRACE_ID'];
  else process.env['_X_AMZN_TRACE_ID'] = header;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['_X_AMZN_TRACE_ID'];
    else process.env['_X_AMZN_TRACE_ID'] = before;
  }
}

describe('with OpenTelemetry', () => {
  const provider = new NodeTracerProvider();
  const tracer = provider.getTracer('test');

  beforeAll(() => provider.register());

  afterAll(() => {
    context.disable();
    trace.disable();
  });

  /** What is logged in a context with a span that somebody made. */
  function fieldsWithin(span: unknown): unknown {
    return context.with(trace.setSpan(ROOT_CONTEXT, span as Span), traceFields);
  }

  test('the ids are those of the active span, across awaits and for as long as it is active', async () => {
    const [within, ids, nested] = await tracer.startActiveSpan('work', async (span) => {
      await new Promise((resolve) => setImmediate(resolve));
      const inner = tracer.startActiveSpan('inner', (child) => [traceFields(), child.spanContext()] as const);
      return [traceFields(), span.spanContext(), inner] as const;
    });

    expect(within).toEqual({ traceId: ids.traceId, spanId: ids.spanId });
    expect(nested[0]).toEqual({ traceId: ids.traceId, spanId: nested[1].spanId });
    expect(traceFields()).toBeUndefined();
  });

  test('a span from elsewhere counts, sampled or not', () => {
    const span = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: TraceFlags.NONE });

    expect(fieldsWithin(span)).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID });
  });

  test('it goes before X-Ray', () => {
    const span = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: TraceFlags.NONE });

    expect(withXray(HEADER, () => fieldsWithin(span))).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID });
  });

  test.each([
    ['zeros for the trace', '0'.repeat(32), SPAN_ID],
    ['zeros for the span', TRACE_ID, '0'.repeat(16)],
    ['upper case', TRACE_ID.toUpperCase(), SPAN_ID],
    ['31 digits', TRACE_ID.slice(1), SPAN_ID],
    ['33 digits', `${TRACE_ID}0`, SPAN_ID],
    ['15 digits', TRACE_ID, SPAN_ID.slice(1)],
    ['17 digits', TRACE_ID, `${SPAN_ID}0`],
    ['nothing', undefined, undefined],
  ])('ids that are none do not: %s', (_, traceId, spanId) => {
    const span = { spanContext: () => ({ traceId, spanId }) };

    expect(withXray(undefined, () => fieldsWithin(span))).toBeUndefined();
    expect(withXray(HEADER, () => fieldsWithin(span))).toEqual({ traceId: ROOT, spanId: PARENT });
  });

  test.each<[string, unknown]>([
    [
      'that throws',
      {
        spanContext: () => {
          throw new Error('no');
        },
      },
    ],
    ['without a context', { spanContext: () => undefined }],
    ['that is none', 42],
  ])('a span %s costs nothing', (_, span) => {
    expect(withXray(undefined, () => fieldsWithin(span))).toBeUndefined();
  });
});

describe('with a registry of OpenTelemetry that is not as expected', () => {
  const registry = globalThis as Record<symbol, unknown>;
  const KEY = Symbol.for('opentelemetry.js.api.1');

  test.each<[string, unknown]>([
    ['empty', {}],
    ['null', null],
    ['no functions', { context: {} }],
    [
      'throwing',
      {
        context: {
          active: () => {
            throw new Error('no');
          },
        },
      },
    ],
  ])('%s: there are no ids, and nothing is thrown', (_, value) => {
    const before = registry[KEY];
    registry[KEY] = value;
    try {
      expect(withXray(undefined, traceFields)).toBeUndefined();
    } finally {
      registry[KEY] = before;
    }
  });
});

describe('with X-Ray', () => {
  test.each([
    [HEADER, { traceId: ROOT, spanId: PARENT }],
    [`Self=1-abcdef01-aaaaaaaaaaaaaaaaaaaaaaaa;${HEADER};Lineage=a:1|b:2`, { traceId: ROOT, spanId: PARENT }],
    [`Sampled=0; Parent=${PARENT}; Root=${ROOT}`, { traceId: ROOT, spanId: PARENT }],
    [`Root=${ROOT}`, { traceId: ROOT }],
    [`Root=${ROOT};Parent=`, { traceId: ROOT }],
    [`Root=${ROOT};Parent=${PARENT}0`, { traceId: ROOT }],
  ])('%j', (header, fields) => {
    expect(withXray(header, traceFields)).toEqual(fields);
  });

  test.each([
    undefined,
    '',
    'Sampled=0',
    `Parent=${PARENT}`,
    `Root=${ROOT}0`,
    `Root=${ROOT.slice(1)}`,
    `XRoot=${ROOT}`,
  ])('%j says nothing', (header) => {
    expect(withXray(header, traceFields)).toBeUndefined();
  });

  test('each invocation has its own', () => {
    const other = HEADER.replace('5759e988', '5759e989');
    const traceId = ROOT.replace('5759e988', '5759e989');

    expect(
      [HEADER, HEADER, other, undefined, HEADER].map((header) => withXray(header, traceFields)?.['traceId']),
    ).toEqual([ROOT, ROOT, traceId, undefined, ROOT]);
  });

  test('whatever the header is, nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('Root=', ROOT, ';', 'Parent=', PARENT))),
        (parts) => {
          const header = parts.join('').replaceAll('\0', '');
          const fields = withXray(header, traceFields);

          expect(fields === undefined || header.includes(`Root=${String(fields['traceId'])}`)).toBe(true);
        },
      ),
    );
  });
});

describe('with the store of Lambda’s runtime', () => {
  const OTHER = HEADER.replace('5759e988', '5759e989');
  const invocation = { requestId: 'r-1', tenantId: 'tenant-1', traceHeader: HEADER };

  afterEach(() => RuntimeStore.close());

  test('an invocation has its request, tenant and trace', async () => {
    const store = await RuntimeStore.open(false);

    expect(traceFields()).toBeUndefined();
    expect(store.invoke(invocation, traceFields)).toEqual({
      requestId: 'r-1',
      tenantId: 'tenant-1',
      traceId: ROOT,
      spanId: PARENT,
    });
    expect(store.invoke({ requestId: 'r-2' }, traceFields)).toEqual({ requestId: 'r-2' });
  });

  test('its header goes before the variable, which stands in where the store has none', async () => {
    const store = await RuntimeStore.open(false);
    const read = (header?: string): unknown =>
      store.invoke({ requestId: 'r-1', traceHeader: header }, traceFields)?.['traceId'];

    expect(withXray(OTHER, () => read(HEADER))).toBe(ROOT);
    expect(withXray(HEADER, () => read())).toBe(ROOT);
  });

  test('where several run at once, the variable counts for none of them', async () => {
    const env = {
      AWS_LAMBDA_FUNCTION_NAME: 'orders',
      AWS_LAMBDA_MAX_CONCURRENCY: '8',
      _X_AMZN_TRACE_ID: OTHER,
    };
    const read = workReader(env, 'otel');
    const store = await RuntimeStore.open(true);

    expect(read([])).toBeUndefined();
    expect(store.invoke({ requestId: 'r-1' }, () => read([]))).toEqual({ requestId: 'r-1' });
    expect(store.invoke(invocation, () => read([]))).toMatchObject({ traceId: ROOT });
  });

  test('invocations that take turns keep their own fields, and each makes them once', async () => {
    const store = await RuntimeStore.open(true);
    const turns = Array.from({ length: 300 }, (_, index) => index % 100);

    const seen = turns.map((id) => store.invoke({ requestId: `r-${id}`, traceHeader: HEADER }, traceFields));

    expect(seen.map((fields) => fields?.['requestId'])).toEqual(turns.map((id) => `r-${id}`));
    expect(new Set(seen).size).toBe(100);
  });

  test('what is remembered is bounded', async () => {
    const store = await RuntimeStore.open(true);
    const read = (id: number): unknown => store.invoke({ requestId: `bounded-${id}` }, traceFields);
    const [first, second] = [read(1), read(2)];

    expect(read(1)).toBe(first);
    for (let id = 3; id <= 256; id++) read(id);
    expect(read(2)).toBe(second);
    read(257);

    expect(read(2)).toBe(second);
    expect(read(1)).not.toBe(first);
    expect(read(1)).toEqual(first);
  });

  test('a request id of the application leaves no room for another one', async () => {
    const store = await RuntimeStore.open(false);
    const given = [{ user: 'u-1' }, { requestId: 'mine' }];
    const hostile = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () =>
          (() => {
            throw new Error('no');
          })(),
      },
    );

    expect(store.invoke(invocation, () => readWork(given))).toEqual({
      tenantId: 'tenant-1',
      traceId: ROOT,
      spanId: PARENT,
    });
    expect(store.invoke({ requestId: 'r-1' }, () => readWork(given))?.['requestId']).toBeUndefined();
    expect(store.invoke(invocation, () => readWork([hostile]))).toMatchObject({ requestId: 'r-1' });
  });

  test('a span goes before its trace, and leaves request and tenant', async () => {
    const store = await RuntimeStore.open(false);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const span = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: TraceFlags.NONE });
    const within = (given: object[]): unknown =>
      context.with(trace.setSpan(ROOT_CONTEXT, span), () =>
        store.invoke(invocation, () => readWork(given as [])),
      );

    expect(within([])).toEqual({
      requestId: 'r-1',
      tenantId: 'tenant-1',
      traceId: TRACE_ID,
      spanId: SPAN_ID,
    });
    expect(within([{ requestId: 'mine' }])).toEqual({
      tenantId: 'tenant-1',
      traceId: TRACE_ID,
      spanId: SPAN_ID,
    });
    context.disable();
  });

  test('the wrapper of a handler goes before the store, member by member', async () => {
    const store = await RuntimeStore.open(false);
    const wrapped = (own: Invocation): unknown =>
      store.invoke(invocation, () => runIn(inInvocation({ fields: {} }, own), traceFields));

    expect(wrapped({ requestId: 'r-2', traceHeader: OTHER })).toEqual({
      requestId: 'r-2',
      traceId: ROOT.replace('5759e988', '5759e989'),
      spanId: PARENT,
    });
    expect(wrapped({})).toMatchObject({ requestId: 'r-1', tenantId: 'tenant-1', traceId: ROOT });
    expect(wrapped({ requestId: 'r-1' })).toMatchObject({ tenantId: 'tenant-1', traceId: ROOT });
    // The store is in the next one already.
    expect(wrapped({ requestId: 'r-0' })).toEqual({ requestId: 'r-0' });
  });
});

/** Parts of a copy of the package in a process that was told of nothing. */
async function freshParts() {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('fapilog-cloudwatch.invocations')];
  let parts;
  await jest.isolateModulesAsync(async () => {
    parts = {
      ...(await import('../../../runtime/logger/work-fields.js')),
      ...(await import('../../../runtime/logger/invocation.js')),
    };
  });
  return parts!;
}

describe('of a record that another logger has made,', () => {
  const span = { traceId: TRACE_ID, spanId: SPAN_ID };

  test('the span that it names goes before the active one, and none before that', () => {
    const active = trace.wrapSpanContext({ traceId: 'f'.repeat(32), spanId: 'f'.repeat(16), traceFlags: 1 });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const [named, none, unsaid] = context.with(trace.setSpan(ROOT_CONTEXT, active), () =>
      [{ span }, { span: null }, {}].map((work) => readWork([], work)),
    );
    context.disable();

    expect(named).toMatchObject(span);
    expect(none ?? {}).not.toHaveProperty('spanId');
    expect(unsaid).toMatchObject({ spanId: 'f'.repeat(16) });
  });

  test('one that comes late has the span that it names, and nothing of what runs now', () => {
    withXray(HEADER, () => {
      expect(readWork([], { span, isDetached: true })).toEqual(span);
      expect(readWork([], { span: null, isDetached: true })).toBeUndefined();
      expect(readWork([], { isDetached: true })).toBeUndefined();
      expect(readWork([], { span: null })).toMatchObject({ traceId: ROOT });
    });
  });
});

test('outside of Lambda, the store is not asked until somebody tells of an invocation', async () => {
  const copy = await freshParts();
  const read = copy.workReader({}, 'otel');
  let asked = 0;
  placeStore({ getRequestId: () => `r-${++asked}` });

  expect([read([]), asked]).toEqual([undefined, 0]);
  expect(runIn(copy.inInvocation({ fields: {} }, { requestId: 'told' }), () => read([]))).toEqual({
    requestId: 'told',
  });
  RuntimeStore.close();
});
