import * as fc from 'fast-check';
import {
  EVERYTHING,
  formatPageState,
  hasSeveralGroups,
  parsePageState,
  selectionQuery,
  splitStreamKey,
  streamKey,
  toggleGroup,
  toggleStream,
  type PageState,
} from '../../../local/viewer/client/state/selection.js';

const GROUP = '123456789012/eu-central-1//myapp/production';
const OTHER = '123456789012/eu-central-1//myapp/billing';

const times = fc.nat({ max: 4_000_000_000_000 });
const ranges = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.nat({ max: 99_999 }).map((seconds) => ({ kind: 'last' as const, ms: (seconds + 1) * 1000 })),
  fc.record({
    kind: fc.constant('between' as const),
    start: times,
    end: fc.option(times, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('between' as const), start: fc.constant(undefined), end: times }),
);
const states: fc.Arbitrary<PageState> = fc.record(
  {
    tab: fc.constantFrom('logs', 'insights', 'calls'),
    selection: fc.record({
      groups: fc.array(fc.string()),
      streams: fc.array(fc.string()),
      filter: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
      range: ranges,
    }),
    query: fc.string({ minLength: 1 }),
    focus: fc.record({ id: fc.string(), timestamp: times }),
  },
  { requiredKeys: ['tab', 'selection'] },
);

test('a URL keeps what the page shows', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parsePageState(`?${formatPageState(state)}`)).toEqual(state);
    }),
  );
});

test('the URL of everything is empty', () => {
  expect(formatPageState({ tab: 'logs', selection: EVERYTHING })).toBe('');
  expect(parsePageState('')).toEqual({ tab: 'logs', selection: EVERYTHING });
});

test('what a URL has by mistake is left out', () => {
  expect(parsePageState('?tab=x&last=soon&start=yesterday&at=-1&event=e')).toEqual({
    tab: 'logs',
    selection: EVERYTHING,
  });
});

test('the server is asked with bounds, of which the last minutes have the first', () => {
  const selection = {
    ...EVERYTHING,
    groups: [GROUP],
    filter: ' ',
    range: { kind: 'last' as const, ms: 60_000 },
  };

  expect(selectionQuery(selection, 100_000).toString()).toBe(
    `group=${encodeURIComponent(GROUP)}&start=40000`,
  );
});

test('a stream is named with its group, whose name has no colon', () => {
  expect(splitStreamKey(streamKey(GROUP, 'api/$LATEST[1]'))).toEqual([GROUP, 'api/$LATEST[1]']);
});

test.each([
  [{}, 1, false],
  [{}, 2, true],
  [{ groups: [GROUP] }, 2, false],
  [{ groups: [GROUP], streams: [streamKey(OTHER, 'a')] }, 2, true],
  [{ streams: [streamKey(GROUP, 'a'), streamKey(GROUP, 'b')] }, 2, false],
])('of %j, events of several of %d groups are shown: %s', (chosen, all, isSeveral) => {
  expect(hasSeveralGroups({ ...EVERYTHING, ...chosen }, all)).toBe(isSeveral);
});

describe('a choice', () => {
  const stream = streamKey(GROUP, 'a');

  test('of a group adds it, and takes it and its streams away', () => {
    const one = toggleGroup({ ...EVERYTHING, streams: [streamKey(OTHER, 'b')] }, GROUP);

    expect(one).toMatchObject({ groups: [GROUP], streams: [streamKey(OTHER, 'b')] });
    expect(toggleGroup(one, GROUP)).toMatchObject({ groups: [], streams: [streamKey(OTHER, 'b')] });
  });

  test('of a stream narrows its group', () => {
    const one = toggleStream({ ...EVERYTHING, groups: [GROUP, OTHER] }, GROUP, 'a');

    expect(one).toMatchObject({ groups: [OTHER], streams: [stream] });
    expect(toggleStream(one, GROUP, 'a')).toMatchObject({ groups: [OTHER], streams: [] });
    expect(toggleGroup(one, GROUP)).toMatchObject({ groups: [OTHER, GROUP], streams: [] });
  });
});
