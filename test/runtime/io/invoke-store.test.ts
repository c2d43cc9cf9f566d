import {
  storedForInvocation,
  storedInvocation,
  storeForInvocation,
} from '../../../runtime/io/invoke-store.js';
import { placeStore, RuntimeStore } from '../../support/invoke-store.js';

const invocation = {
  requestId: 'r-1',
  tenantId: 't-1',
  traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
};
const nothing = { requestId: undefined, tenantId: undefined, traceHeader: undefined };
const KEY = Symbol('key');

afterEach(() => RuntimeStore.close());

describe.each([
  ['one invocation at a time', false],
  ['several at once', true],
])('with the store of the runtime for %s', (_, isShared) => {
  test('there is nothing before the first invocation, and then what the runtime knows', async () => {
    expect(storedInvocation()).toEqual({});
    const store = await RuntimeStore.open(isShared);

    expect(storedInvocation()).toEqual(nothing);
    expect(store.invoke(invocation, storedInvocation)).toEqual(invocation);
    expect(store.invoke({ requestId: 'r-2' }, storedInvocation)).toEqual({ ...nothing, requestId: 'r-2' });
  });

  test('a value is kept for one invocation, and for none before the first', async () => {
    const store = await RuntimeStore.open(isShared);
    const keep = (value: string) => (): unknown => [storeForInvocation(KEY, value), storedForInvocation(KEY)];

    expect(keep('too early')()).toEqual([false, undefined]);
    expect(store.invoke(invocation, keep('a'))).toEqual([true, 'a']);
    expect(store.invoke({ requestId: 'r-2' }, () => storedForInvocation(KEY))).toBeUndefined();
  });
});

test('invocations that take turns have their own, across awaits', async () => {
  const store = await RuntimeStore.open(true);
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const ids = Array.from({ length: 50 }, (_, index) => `r-${index}`);

  const seen = await Promise.all(
    ids.map((requestId, index) =>
      store.invoke({ requestId }, async () => {
        storeForInvocation(KEY, index);
        await turn();
        return [storedInvocation().requestId, storedForInvocation(KEY)];
      }),
    ),
  );

  expect(seen).toEqual(ids.map((id, index) => [id, index]));
});

const throwing = (): never => {
  throw new Error('no');
};

test.each<[string, unknown, object]>([
  ['null', null, {}],
  ['no functions', { getRequestId: 'r-1' }, nothing],
  ['half of them', { getRequestId: () => 'r-1' }, { ...nothing, requestId: 'r-1' }],
  ['one that throws', { getRequestId: throwing, getTenantId: () => 't-1' }, { ...nothing, tenantId: 't-1' }],
  ['other values than texts', { getRequestId: () => 7, getXRayTraceId: () => ({}) }, nothing],
  ['blank texts', { getRequestId: () => '', getXRayTraceId: () => '' }, nothing],
  ['all that throws', new Proxy({}, { get: throwing }), nothing],
])(
  'a foreign object in its place, with %s, says what it can, and nothing is thrown',
  (_, store, expected) => {
    placeStore(store);

    expect(storedInvocation()).toEqual(expected);
    expect(storeForInvocation(KEY, 1)).toBe(false);
    expect(storedForInvocation(KEY)).toBeUndefined();
  },
);

test('a global object that throws is no store', () => {
  Object.defineProperty(globalThis, 'awslambda', { get: throwing, configurable: true });

  expect(storedInvocation()).toEqual({});
});
