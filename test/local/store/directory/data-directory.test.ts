import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { checkedLine } from '../../../../contract/checked-line.js';
import { DataDirectory } from '../../../../local/store/directory/data-directory.js';
import type { LogGroup } from '../../../../local/store/log-group.js';
import type { QueryDefinition } from '../../../../local/store/query-definitions.js';
import { Stores } from '../../../../local/store/stores.js';

const HERE = { accountId: '123456789012', region: 'eu-central-1' };
const DAY_MS = 86_400_000;

const roots: string[] = [];
const opened: Opened[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) each.directory.close();
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function newPath(): string {
  const root = mkdtempSync(join(tmpdir(), 'data-directory-'));
  roots.push(root);
  return join(root, 'data');
}

interface Options {
  readonly segmentBytes?: number;
  readonly maxEvents?: number;
}

/** Stores in a directory, as a server has them. */
class Opened {
  readonly notices: string[] = [];
  readonly stores: Stores;
  readonly directory: DataDirectory;
  readonly #path: string;

  constructor(path: string, { segmentBytes, maxEvents }: Options = {}) {
    this.#path = path;
    const notice = (line: string): number => this.notices.push(line);
    this.stores = new Stores({ maxEvents, onNotice: notice });
    this.directory = new DataDirectory(path, this.stores, notice, segmentBytes);
    opened.push(this);
  }

  group(name = '/app'): LogGroup {
    return this.stores.at(HERE).group(name);
  }

  create(name = '/app', ...streams: readonly string[]): this {
    this.stores
      .at(HERE)
      .createGroup({ name, creationTime: 1, logGroupClass: 'STANDARD' }, { retentionInDays: 1 });
    for (const stream of streams) this.group(name).createStream(stream, 2);
    return this;
  }

  put(
    timestamps: readonly number[],
    { group = '/app', stream = 'api', message = 'line', nowMs = 1_000 } = {},
  ): void {
    const events = timestamps.map((timestamp) => ({ timestamp, message: `${message} ${timestamp}` }));
    const store = this.stores.at(HERE);
    store.put(store.group(group), store.group(group).stream(stream), [], events, nowMs);
  }

  /** Ends as a killed process does: nothing more is written. Then another one opens the directory. */
  reopen(options: Options = {}): Opened {
    this.directory.close();
    return new Opened(this.#path, options);
  }

  get segments(): readonly string[] {
    return readdirSync(this.#path).filter((name) => name.endsWith('.segment'));
  }

  get segmentPaths(): readonly string[] {
    return this.segments.map((name) => join(this.#path, name));
  }

  /** Of the events that are held. */
  get arrivals(): readonly number[] {
    const streams = this.stores.all.flatMap(({ groups }) => groups.flatMap((group) => group.streams));
    return streams.flatMap(({ events }) => events.map(({ arrival }) => arrival));
  }

  /** Everything that calls can see. */
  get state(): unknown {
    return this.stores.all.flatMap(({ groups }) =>
      groups.map(({ identity, settings, storedBytes, streams }) => {
        const contents = streams.map(({ name, creationTime, lastIngestionTime, events }) => ({
          name,
          creationTime,
          lastIngestionTime,
          events: [...events],
        }));
        return { identity, settings, storedBytes, contents };
      }),
    );
  }
}

/** Until what is due after the calls is done. */
async function tidied(): Promise<void> {
  for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('what was changed is there after a restart', () => {
  const first = new Opened(newPath()).create('/app', 'api', 'web').create('/gone', 'api');
  first.put([5, 6], { message: 'with "quotes"\nand lines, ä' });
  first.put([4]);
  first.put([7], { stream: 'web' });
  first.group().change({ tags: { team: 'a' }, retentionInDays: undefined });
  first.group().createStream('late', 3);
  first.group().deleteStream('web');
  first.stores.at(HERE).deleteGroup('/gone');
  const { state } = first;

  const second = first.reopen();
  expect(second.state).toEqual(JSON.parse(JSON.stringify(state)));
  second.put([8]);
  expect(
    second
      .group()
      .stream('api')
      .events.map(({ arrival }) => arrival),
  ).toEqual([3, 1, 2, 5]);
  expect(second.reopen().state).toEqual(second.state);
});

test('only its user may read the directory', () => {
  const path = newPath();
  new Opened(path).create('/app', 'api');
  expect((statSync(path).mode & 0o777).toString(8)).toBe('700');
  for (const name of readdirSync(path))
    expect((statSync(join(path, name)).mode & 0o777).toString(8)).toBe('600');
});

test('a second server is refused, and told who has the directory', () => {
  const path = newPath();
  const first = new Opened(path);
  expect(() => new Opened(path)).toThrow(
    new RegExp(
      `^The data directory ${path} is in use by another server: process ${process.pid} on .*choose another`,
    ),
  );
  expect(readdirSync(path).filter((name) => name.startsWith('owner'))).toHaveLength(1);
  first.reopen();
});

test('the file of an owner that is gone is no obstacle', () => {
  const path = newPath();
  const first = new Opened(path);
  const name = readdirSync(path).find((each) => each.startsWith('owner'))!;
  const owner = JSON.parse(readFileSync(join(path, name), 'utf8')) as object;
  first.directory.close();
  writeFileSync(join(path, name), JSON.stringify({ ...owner, startedAt: '1' }));
  writeFileSync(join(path, 'owner-00.json'), 'torn');

  const second = new Opened(path);

  expect(second.notices).toEqual([]);
  expect(existsSync(join(path, name)) || existsSync(join(path, 'owner-00.json'))).toBe(false);
});

describe('a directory that cannot be used is an error that names it:', () => {
  test('a file stands there', () => {
    const path = newPath();
    writeFileSync(path, '');
    expect(() => new Opened(path)).toThrow(`The data directory ${path} cannot be used: it is a file`);
  });

  test('a newer version wrote a change', () => {
    const path = newPath();
    const first = new Opened(path);
    const [segment] = first.segments;
    first.directory.close();
    appendFileSync(join(path, segment!), checkedLine(Buffer.from('{"op":"paintLogGroup"}')));
    const reason = `${segment}: it has a change that this version does not know .*paintLogGroup.*Use the version`;
    expect(() => new Opened(path)).toThrow(new RegExp(reason));
    // It can be tried again: nobody holds the directory.
    expect(() => new Opened(path)).toThrow(new RegExp(reason));
  });

  test('a newer version wrote a segment', () => {
    const path = newPath();
    const first = new Opened(path);
    first.directory.close();
    writeFileSync(
      join(path, '0000000002-0000000002.segment'),
      checkedLine(Buffer.from('fapilog-local 2 {}')),
    );
    expect(() => new Opened(path)).toThrow(/it is no segment of version 1 \(fapilog-local 2/);
  });
});

describe('what a killed process leaves:', () => {
  test('at whatever byte it was cut off, whole changes count and the next ones follow', () => {
    const path = newPath();
    const first = new Opened(path).create('/app', 'api');
    for (let time = 1; time <= 3; time++) first.put([time], { message: 'long '.repeat(20) });
    first.directory.close();
    const file = join(path, '0000000001-0000000001.segment');
    const whole = readFileSync(file);
    const ends = [...whole.entries()].flatMap(([index, byte]) => (byte === 0x0a ? [index + 1] : []));
    for (let length = ends[2]!; length <= whole.length; length += ends.includes(length + 1) ? 1 : 5) {
      writeFileSync(file, whole.subarray(0, length));
      const events = ends.filter((end) => end <= length).length - 3;
      const again = new Opened(path);
      expect(again.stores.count).toBe(events);
      again.put([9]);
      const last = again.reopen();
      expect([last.stores.count, last.notices]).toEqual([events + 1, []]);
      last.directory.close();
    }
  });

  test('a segment of which only the beginning of its first line is there', () => {
    const path = newPath();
    const first = new Opened(path).create('/app', 'api');
    first.directory.close();
    for (const begun of ['', '8d3b04e7 fapi']) {
      writeFileSync(join(path, '0000000002-0000000002.segment'), begun);
      const again = new Opened(path);
      expect([again.segments, again.group().streams.length]).toEqual([['0000000001-0000000001.segment'], 1]);
      again.directory.close();
    }
  });

  test('a segment that was merged into another one already, and a file that was never finished', () => {
    const path = newPath();
    const first = new Opened(path).create('/app', 'api');
    first.put([1]);
    first.directory.close();
    const content = readFileSync(join(path, '0000000001-0000000001.segment'));
    writeFileSync(join(path, '0000000001-0000000002.segment'), content);
    writeFileSync(join(path, '0000000001-0000000001.segment.new'), 'x');
    const again = new Opened(path);
    expect([again.stores.count, readdirSync(path).length]).toEqual([1, 2]);
  });
});

test('damaged lines are left out and reported; the others count', () => {
  const path = newPath();
  const first = new Opened(path).create('/app', 'api').create('/other', 'api');
  first.put([1]);
  first.put([2], { group: '/other' });
  first.directory.close();
  const file = join(path, '0000000001-0000000001.segment');
  const text = readFileSync(file, 'utf8').replace('"op":"createLogGroup"', '"op":"createLogGroap"');
  writeFileSync(file, text);

  const again = new Opened(path);

  // The log group, its stream, and its events.
  expect(again.notices).toEqual([`3 damaged lines of ${file} were left out.`]);
  expect([again.stores.count, again.stores.at(HERE).groups.length]).toEqual([1, 1]);
});

describe('what a damaged line made is there again from the next segment on:', () => {
  test.each([
    ['a log group and its stream', '"op":"create', 1],
    ['the settings of a log group', '"op":"change', 0],
  ])('%s', (_, op, firstWhole) => {
    const first = new Opened(newPath(), { segmentBytes: 1_000 }).create('/app', 'api');
    first.group().change({ tags: { team: 'a' } });
    for (let time = 1; time <= 40; time++) first.put([time]);
    const texts = first.segmentPaths.map((path) => readFileSync(path, 'utf8'));
    const [file] = first.segmentPaths;
    writeFileSync(file!, texts[0]!.replaceAll(op, '"op":"chanxe'));

    const again = first.reopen();

    const whole = texts
      .slice(firstWhole)
      .join('')
      .match(/putLogEvents/g);
    expect(again.stores.count).toBe(whole?.length);
    expect(again.group().settings.tags).toEqual({ team: 'a' });
    expect(again.notices).toEqual([expect.stringMatching(`damaged lines of ${file} were left out`)]);
  });
});

test('saved queries outlive the segments in which they were put, and a deleted one does not come back', async () => {
  const first = new Opened(newPath(), { segmentBytes: 1_000 }).create('/app', 'api');
  const store = first.stores.at(HERE);
  for (const id of ['kept', 'gone']) store.putQueryDefinition(definitionNamed(id));
  for (let time = 0; time < 40; time++) first.put([time]);
  store.deleteQueryDefinition('gone');
  for (let time = 0; time < 40; time++) first.put([time]);
  first.stores.expire(DAY_MS + 100);
  await tidied();
  expect(first.segments).toHaveLength(1);

  const again = first.reopen().stores.at(HERE);
  expect([...again.queryDefinitions.values()]).toEqual([definitionNamed('kept')]);
});

function definitionNamed(queryDefinitionId: string): QueryDefinition {
  return { queryDefinitionId, name: 'Errors', queryString: 'limit 1', lastModified: 1 };
}

test('a segment that is missing is reported, also if it is empty', () => {
  const first = new Opened(newPath(), { segmentBytes: 1_000 }).create('/app', 'api');
  for (let time = 1; time <= 40; time++) first.put([time]);
  const [before, gone, behind] = first.segmentPaths;
  writeFileSync(gone!, '');

  expect(first.reopen().notices).toEqual([`What was between ${before} and ${behind} is missing.`]);
});

describe('the space is freed', () => {
  const small = { segmentBytes: 1_000 };

  test('of events that expired, also of the last ones', async () => {
    const path = newPath();
    const first = new Opened(path, small).create('/app', 'api');
    for (let time = 0; time < 100; time++) first.put([time, time]);
    expect(first.segments.length).toBeGreaterThan(10);

    first.stores.expire(DAY_MS + 100);
    await tidied();

    expect(first.segments).toHaveLength(1);
    expect(readFileSync(join(path, first.segments[0]!), 'utf8')).not.toContain('line');
    const { streams } = first.reopen().group();
    expect(streams).toMatchObject([{ name: 'api', lastIngestionTime: 1_000 }]);
  });

  test('of a log group that was deleted', async () => {
    const first = new Opened(newPath(), small).create('/app', 'api');
    for (let time = 0; time < 100; time++) first.put([time]);
    first.stores.at(HERE).deleteGroup('/app');
    await tidied();
    expect(first.segments).toHaveLength(1);
    expect(first.reopen().state).toEqual([]);
  });

  test('of events that had to make room', async () => {
    const first = new Opened(newPath(), { ...small, maxEvents: 10 }).create('/app', 'api');
    for (let time = 0; time < 200; time++) first.put([time]);
    await tidied();
    expect(first.segments.length).toBeLessThan(5);
    const second = first.reopen({ ...small, maxEvents: 10 });
    expect(
      second
        .group()
        .stream('api')
        .events.map(({ timestamp }) => timestamp),
    ).toEqual(Array.from({ length: 10 }, (_, index) => 190 + index));
  });

  test('of some events of a call', async () => {
    const first = new Opened(newPath()).create('/app', 'api');
    first.put([9, 1, 9, 9, 1]);
    first.put([1, 1, 1]);
    first.stores.expire(DAY_MS + 5);
    await tidied();
    const { state } = first;

    const second = first.reopen();
    expect(
      second
        .group()
        .stream('api')
        .events.map(({ arrival }) => arrival),
    ).toEqual([1, 3, 4]);
    expect(second.state).toEqual(JSON.parse(JSON.stringify(state)));
    second.directory.close();
    expect(readFileSync(second.segmentPaths[0]!, 'utf8')).not.toContain('line 1"');
  });

  test('between events that stay: segments are written anew, and merged', async () => {
    const first = new Opened(newPath(), { segmentBytes: 4_000 }).create('/app', 'api').create('/keep', 'api');
    first.group('/keep').change({ retentionInDays: undefined });
    for (let time = 0; time < 500; time++) {
      first.put([time, time]);
      if (time % 20 === 0) first.put([time], { group: '/keep' });
    }
    const before = first.segments.length;
    first.stores.expire(DAY_MS + 500);
    await tidied();
    const { state } = first;

    expect(first.segments.length).toBeLessThan(before / 3);
    expect(first.stores.count).toBe(25);
    expect(first.reopen().state).toEqual(JSON.parse(JSON.stringify(state)));
  });
});

test('events that expired do not drive out those that were held when a restart reads both', () => {
  const first = new Opened(newPath(), { maxEvents: 4 }).create('/app', 'api');
  first.put([2 * DAY_MS, 2 * DAY_MS + 1, 2 * DAY_MS + 2], { nowMs: DAY_MS });
  first.put([5], { nowMs: DAY_MS });
  first.stores.expire(2 * DAY_MS);
  first.put([2 * DAY_MS + 3], { nowMs: 2 * DAY_MS });
  const { state, stores } = first;
  expect(stores.count).toBe(4);

  const second = first.reopen({ maxEvents: 4 });

  expect(second.state).toEqual(state);
  expect(second.notices).toEqual([]);
});

test('the state of many log streams is not written with every few changes', () => {
  const names = Array.from({ length: 200 }, (_, index) => `stream-${index}`);
  const first = new Opened(newPath(), { segmentBytes: 500 }).create('/app', ...names);
  const before = first.segments.length;
  for (let time = 0; time < 100; time++) first.put([time], { stream: 'stream-7' });

  expect(first.segments.length - before).toBeLessThan(3);
  expect(first.reopen({ segmentBytes: 500 }).stores.count).toBe(100);
});

test.each([
  ['the same', undefined],
  ['all that was held, where events had to make room', 12],
])('whatever is done, at every step a restart finds %s', async (_, maxEvents) => {
  const name = fc.constantFrom('/a', '/b');
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ put: name, times: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }) }) },
    fc.record({ create: name }),
    fc.record({ drop: name }),
    fc.record({ expire: fc.nat({ max: 9 }) }),
    fc.record({ restart: fc.constant(true) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let now = new Opened(newPath(), { segmentBytes: 400, maxEvents });
      const has = (each: string): boolean =>
        now.stores.at(HERE).groups.some(({ identity }) => identity.name === each);
      let nowMs = DAY_MS;
      for (const each of steps) {
        if ('put' in each && has(each.put)) now.put(each.times, { group: each.put, nowMs });
        if ('create' in each && !has(each.create)) now.create(each.create, 'api');
        if ('drop' in each && has(each.drop)) now.stores.at(HERE).deleteGroup(each.drop);
        if ('expire' in each) nowMs = Math.max(nowMs, DAY_MS + each.expire);
        if (!('restart' in each)) continue;
        now.stores.expire(nowMs);
        await tidied();
        const { state, arrivals } = now;
        now = now.reopen({ segmentBytes: 400, maxEvents });
        // A file may still have events that expired.
        now.stores.expire(nowMs);
        if (maxEvents === undefined) expect(now.state).toEqual(JSON.parse(JSON.stringify(state)));
        else expect(now.arrivals).toEqual(expect.arrayContaining([...arrivals]));
      }
      now.directory.close();
    }),
    { numRuns: 60 },
  );
});

describe('what the disk refuses is refused, and nothing of it is there:', () => {
  test('the directory was removed', () => {
    const path = newPath();
    const first = new Opened(path).create('/app', 'api');
    rmSync(path, { recursive: true });
    for (let call = 0; call < 2; call++) {
      expect(() => first.put([1])).toThrow(
        expect.objectContaining({ name: 'ServiceUnavailableException', status: 500 }),
      );
    }
    expect(first.stores.count).toBe(0);
    expect(first.notices).toEqual([
      expect.stringMatching(/could not write to its data directory .*was removed/),
    ]);
  });

  test('a new segment cannot be made, until it can', () => {
    const path = newPath();
    const first = new Opened(path, { segmentBytes: 10 }).create('/app');
    const next = join(path, '0000000002-0000000002.segment');
    mkdirSync(next);
    expect(() => first.group().createStream('api', 2)).toThrow(/could not write .*EEXIST/);
    expect(first.group().streams).toEqual([]);
    rmdirSync(next);
    first.group().createStream('api', 2);
    first.put([2]);
    expect(first.notices).toHaveLength(1);
    expect([first.stores.count, first.reopen().stores.count]).toEqual([1, 1]);
  });
});

(existsSync('/dev/full') ? test : test.skip)(
  'where a segment cannot be written anew, it stays as it is',
  async () => {
    const first = new Opened(newPath(), { segmentBytes: 1_000 }).create('/app', 'api');
    for (let time = 0; time < 20; time++) first.put([0, DAY_MS + time]);
    const unfinished = `${first.segmentPaths[0]}.new`;
    symlinkSync('/dev/full', unfinished);

    first.stores.expire(DAY_MS + 1);
    await tidied();

    expect(first.notices).toEqual([expect.stringContaining('could not be tidied up: ENOSPC')]);
    expect(lstatSync(unfinished, { throwIfNoEntry: false })).toBeUndefined();
    expect(first.reopen().stores.count).toBe(40);
  },
);

test('a line that could be written in part only is not there', () => {
  const path = newPath();
  const first = new Opened(path).create('/app', 'api');
  const file = join(path, first.segments[0]!);
  // As a disk that is full leaves it: more bytes than are counted.
  appendFileSync(file, '8d3b04e7 {"op":"putLogEvents","part');
  first.put([1]);
  expect(first.reopen().stores.count).toBe(1);
});
