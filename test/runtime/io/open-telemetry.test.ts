import { untraced } from '../../../runtime/io/open-telemetry.js';

const REGISTRY = Symbol.for('opentelemetry.js.api.1');
const KEY = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
const globals = globalThis as Record<symbol, unknown>;

afterEach(() => {
  delete globals[REGISTRY];
});

test('without OpenTelemetry the work is simply done', () => {
  expect(untraced(() => 7)).toBe(7);
});

test('with an API that has no context manager too', () => {
  globals[REGISTRY] = { version: '1.9.0' };
  expect(untraced(() => 7)).toBe(7);
});

test('with OpenTelemetry it runs in the active context, with tracing suppressed', () => {
  let active: ReadonlyMap<symbol, unknown> = new Map([[Symbol.for('span'), 'kept']]);
  const withContext = (values: ReadonlyMap<symbol, unknown>, work: () => unknown): unknown => {
    const before = active;
    active = values;
    try {
      return work();
    } finally {
      active = before;
    }
  };
  globals[REGISTRY] = {
    context: {
      active: () => ({ setValue: (key: symbol, value: unknown) => new Map([...active, [key, value]]) }),
      with: withContext,
    },
  };
  expect(untraced(() => [...active.values()])).toEqual(['kept', true]);
  expect(untraced(() => active.get(KEY))).toBe(true);
  expect(active.has(KEY)).toBe(false);
});
