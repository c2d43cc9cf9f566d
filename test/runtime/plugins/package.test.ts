import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from '../../../runtime/plugins/package.js';
import { packageFiles, temporaryFolders } from './fixture.js';

const folderWith = temporaryFolders();
const NAME = '@acme/fapilog-kafka';
const files = { 'sink.js': '', 'lib/quiet.cjs': '' };

/** What is wrong with a package that declares this. */
function allowedFor(declared: Readonly<Record<string, unknown>>): string {
  const found = findPackage(NAME, folderWith(packageFiles(NAME, declared, files)));
  return 'allowed' in found ? found.allowed : '';
}

test('the files of a package are known by the canonical names of its sinks and filters', () => {
  const from = folderWith({
    ...packageFiles(
      NAME,
      { sinks: { 'Acme-Kafka': './sink.js' }, filters: { quiet: 'lib/quiet.cjs' } },
      files,
    ),
    'src/deep/main.js': '',
  });
  const folder = join(from, 'node_modules', NAME);

  const expected = {
    kind: 'package',
    package: {
      name: NAME,
      ownName: NAME,
      sink: new Map([['acme_kafka', join(folder, 'sink.js')]]),
      filter: new Map([['quiet', join(folder, 'lib/quiet.cjs')]]),
    },
  };
  expect(findPackage(NAME, from)).toEqual(expected);
  expect(findPackage(NAME, join(from, 'src/deep'))).toEqual(expected);
});

test('the nearest package counts', () => {
  const from = folderWith({
    ...packageFiles('kafka', { sinks: { far: './far.js' } }, { 'far.js': '' }),
    'app/node_modules/kafka/package.json': { fapilog: { sinks: { near: './near.js' } } },
    'app/node_modules/kafka/near.js': '',
  });

  expect(findPackage('kafka', join(from, 'app'))).toMatchObject({
    package: { name: 'kafka', ownName: 'kafka', sink: new Map([['near', expect.any(String)]]) },
  });
});

test('an alias does not hide the own name of a package', () => {
  const from = folderWith({
    'node_modules/alias/package.json': { name: NAME, fapilog: { filters: { quiet: './quiet.cjs' } } },
    'node_modules/alias/quiet.cjs': '',
  });

  expect(findPackage('alias', from)).toMatchObject({ package: { name: 'alias', ownName: NAME } });
});

test('a package that is a link is read where it is', () => {
  const elsewhere = folderWith({
    'package.json': { fapilog: { sinks: { kafka: './sink.js' } } },
    'sink.js': '',
  });
  const from = folderWith();
  mkdirSync(join(from, 'node_modules'));
  symlinkSync(elsewhere, join(from, 'node_modules/kafka'));

  expect(findPackage('kafka', from)).toMatchObject({
    package: { sink: new Map([['kafka', join(elsewhere, 'sink.js')]]) },
  });
});

test('a package that is not there is none', () => {
  const from = folderWith();

  expect(findPackage(NAME, from)).toEqual({
    kind: 'none',
    allowed: `a package in node_modules of ${from} or above; install it with npm`,
  });
});

test('nor is one that declares nothing', () => {
  const from = folderWith({ 'node_modules/kafka/package.json': { name: 'kafka' } });

  expect(findPackage('kafka', from)).toEqual({
    kind: 'none',
    allowed: 'a package with sinks or filters: "fapilog" in its package.json',
  });
});

test.each(['../kafka', '..', '.', 'a/b', '@acme', '@acme/..', '/etc', 'a\\b', ''])(
  '%j is no way out of node_modules',
  (name) => {
    const from = folderWith({ 'kafka/package.json': { fapilog: { sinks: {} } } });

    expect(findPackage(name, join(from, 'app'))).toEqual({
      kind: 'none',
      allowed: 'the name of an npm package',
    });
  },
);

test('a package.json that is no JSON is broken', () => {
  const from = folderWith({ 'node_modules/kafka/package.json': '{' });

  expect(findPackage('kafka', from)).toEqual({
    kind: 'broken',
    allowed: expect.stringMatching(/^a package with a readable package\.json \(.*JSON.*\)$/),
  });
});

test.each([
  [{ sinks: { 'Stdout-Json': './sink.js' } }, '"Stdout-Json" is the name of a built-in sink; choose another'],
  [{ filters: { rate_limit: './sink.js' } }, '"rate_limit" is the name of a built-in filter; choose another'],
  [{ sinks: { kafka: '../sink.js' } }, 'the sink "kafka" is "../sink.js", and must be a file in the package'],
  [
    { sinks: { kafka: './lib/../../x.js' } },
    'the sink "kafka" is "./lib/../../x.js", and must be a file in the package',
  ],
  [
    { sinks: { kafka: '/etc/passwd' } },
    'the sink "kafka" is "/etc/passwd", and must be a file in the package',
  ],
  [{ sinks: { kafka: '.' } }, 'the sink "kafka" is ".", and must be a file in the package'],
  [{ sinks: { kafka: './lib' } }, 'the sink "kafka" is "./lib", and must be a file in the package'],
  [{ sinks: { kafka: 7 } }, 'the sink "kafka" is 7, and must be a file in the package'],
  [{ sinks: { a_b: './sink.js', 'A-B': './lib/quiet.cjs' } }, 'the sink "A-B" is declared twice'],
  [{ sinks: './sink.js' }, '"sinks" is "./sink.js", and must be {"name": "./file.js"}'],
  [
    { sink: { kafka: './sink.js' } },
    `"fapilog" is { sink: { kafka: './sink.js' } }, and must be {"sinks": {"name": "./file.js"}, "filters": {…}}`,
  ],
])('%j is broken', (declared, problem) => {
  expect(allowedFor(declared)).toBe(`a package with a valid package.json; in this one, ${problem}`);
});

test('a file that is not there is broken, and so is everything else at once', () => {
  const allowed = allowedFor({ sinks: { file: './sink.js', a: './a.js' }, filters: { b: '../b.js' } });

  expect(allowed.split('; in this one, ')[1]?.split('; ')).toEqual([
    '"file" is the name of a built-in sink',
    'choose another',
    'the sink "a" is "./a.js", and must be a file in the package',
    'the filter "b" is "../b.js", and must be a file in the package',
  ]);
});

test('a link does not lead out of the package', () => {
  const from = folderWith({ ...packageFiles(NAME, { sinks: { kafka: './link.js' } }), 'outside.js': '' });
  symlinkSync(join(from, 'outside.js'), join(from, 'node_modules', NAME, 'link.js'));

  expect(findPackage(NAME, from)).toMatchObject({
    kind: 'broken',
    allowed: expect.stringContaining('the sink "kafka" is "./link.js", and must be a file in the package'),
  });
});
