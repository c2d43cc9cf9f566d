import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import * as fc from 'fast-check';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import {
  fieldsOfHeader,
  RequestTrace,
  fieldsOfSpan,
  type TraceFormat,
} from '../../../runtime/logger/trace-ids.js';
import { MemorySink } from '../../support/memory-sink.js';

const TRACE_ID = '5759e988bd862e3fe1be46a994272793';
const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const SPAN_ID = '53995c3f42cd8ad8';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));

afterAll(() => context.disable());

/** The fields of a span with these flags. */
function spanFields(
  format: TraceFormat,
  traceFlags: unknown = TraceFlags.SAMPLED,
  traceId = TRACE_ID,
): unknown {
  const span = trace.wrapSpanContext({ traceId, spanId: SPAN_ID, traceFlags: traceFlags as TraceFlags });
  return context.with(trace.setSpan(ROOT_CONTEXT, span), () => fieldsOfSpan(format));
}

test.each<[TraceFormat, object, object]>([
  ['otel', { traceId: TRACE_ID, spanId: SPAN_ID }, { traceId: ROOT, spanId: SPAN_ID }],
  [
    'snake',
    { trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: '01' },
    { trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: '01' },
  ],
  ['xray', { traceId: ROOT, spanId: SPAN_ID }, { traceId: ROOT, spanId: SPAN_ID }],
])('in the format %s, a span and an X-Ray header have these ids', (format, ofSpan, ofHeader) => {
  expect(spanFields(format)).toStrictEqual(ofSpan);
  expect(fieldsOfHeader(`Root=${ROOT};Parent=${SPAN_ID};Sampled=1`, format)).toStrictEqual(ofHeader);
});

test.each<[unknown, string | undefined]>([
  [0, '00'],
  [1, '01'],
  [3, '03'],
  [255, 'ff'],
  [null, undefined],
  ['1', undefined],
  [1.5, undefined],
])('the flags %j of a span are %j in the format snake', (flags, expected) => {
  expect(spanFields('snake', flags)).toEqual({ trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: expected });
});

test.each<[string, string | undefined]>([
  [';Sampled=1', '01'],
  [';Sampled=0', '00'],
  [';Sampled=?', undefined],
  [';Sampled=', undefined],
  [';Sampled=10', undefined],
  ['', undefined],
])('the end %j of an X-Ray header makes the flags %j', (end, expected) => {
  expect(fieldsOfHeader(`Root=${ROOT}${end}`, 'snake')?.['trace_flags']).toBe(expected);
});

test('a header without a trace has no fields in any format', () => {
  for (const format of ['otel', 'snake', 'xray'] as const)
    expect(fieldsOfHeader(`Parent=${SPAN_ID};Sampled=1`, format)).toBeUndefined();
});

test('the setting decides for all lines of a logger', () => {
  const sink = new MemorySink();
  const settings = { core: { enrich: false, traceFormat: 'snake' } } as const;
  const logger = getLogger({ settings, sinks: [sink] });
  const span = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: TraceFlags.SAMPLED });

  context.with(trace.setSpan(ROOT_CONTEXT, span), () => logger.child({ id: 7 }).info('in a span'));

  expect(sink.told).toEqual([
    { message: 'in a span', trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: '01', id: 7 },
  ]);
});

test('members that are not known are left out', () => {
  expect(fieldsOfHeader(`Root=${ROOT}`, 'snake')).toStrictEqual({ trace_id: TRACE_ID });
  expect(fieldsOfHeader(`Root=${ROOT}`, 'xray')).toStrictEqual({ traceId: ROOT });
});

test('both forms name the same trace: one can be had from the other', () => {
  const digits = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdef')),
    minLength: 32,
    maxLength: 32,
  });
  fc.assert(
    fc.property(
      digits.filter((id) => !/^0+$/.test(id)),
      (id) => {
        const { traceId } = spanFields('xray', 1, id) as { traceId: string };

        expect(traceId).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
        expect(fieldsOfHeader(`Root=${traceId}`, 'snake')).toEqual({ trace_id: id });
      },
    ),
  );
});

describe('the headers of a request', () => {
  const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const xray = 'Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793';

  test.each([
    [`00-${traceId}-${spanId}-01`, { traceId, spanId }],
    [`00-${traceId}-${spanId}-00`, { traceId, spanId }],
    [`cc-${traceId}-${spanId}-01`, { traceId, spanId }],
    [`cc-${traceId}-${spanId}-01-what-comes`, { traceId, spanId }],
    [`00-${traceId}-${spanId}-01-what-comes`, undefined],
    [`ff-${traceId}-${spanId}-01`, undefined],
    [`00-${'0'.repeat(32)}-${spanId}-01`, undefined],
    [`00-${traceId}-${'0'.repeat(16)}-01`, undefined],
    [`00-${traceId.toUpperCase()}-${spanId}-01`, undefined],
    [`00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`, undefined],
    [`00-${traceId}-${spanId}`, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('traceparent %j names %j', (traceparent, expected) => {
    expect(RequestTrace.of(traceparent, undefined)?.fields('otel')).toEqual(expected);
  });

  test('of both kinds, W3C’s comes first, and the other one is read where that is malformed', () => {
    expect(RequestTrace.of(`00-${traceId}-${spanId}-01`, xray)?.fields('otel')).toEqual({ traceId, spanId });
    expect(RequestTrace.of('00-malformed', xray)?.fields('otel')).toEqual({
      traceId: '1-5759e988-bd862e3fe1be46a994272793',
    });
  });

  test('have the form of the settings, the same object for all lines', () => {
    const named = RequestTrace.of(`00-${traceId}-${spanId}-01`, undefined)!;

    expect(named.fields('snake')).toEqual({ trace_id: traceId, span_id: spanId, trace_flags: '01' });
    expect(named.fields('xray')).toEqual({ traceId: `1-0af76519-${traceId.slice(8)}`, spanId });
    expect(named.fields('otel')).toBe(named.fields('otel'));
  });
});
