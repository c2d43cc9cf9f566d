import { entryPoints } from '../../tools/build/entry-points.js';
import { root } from '../support/imports.js';
import { Consumer } from './support/consumer.js';
import {
  fine,
  ProgramRuns,
  programs,
  programsExpected,
  writePrograms,
} from './support/entry-point-programs.js';

let consumer: Consumer;
let runs: ProgramRuns;

beforeAll(async () => {
  consumer = await Consumer.of('entry-points');
  writePrograms(consumer.path);
  runs = await ProgramRuns.start(consumer);
});

afterAll(() => runs.end());

test('every entry point has a program', () => {
  const names = entryPoints(root).map(({ name }) => name.replace(/^\.\/?/, '').replace('/', '-') || 'index');

  expect(programs.toSorted()).toEqual(names.toSorted());
  expect(programs.toSorted()).toEqual(programsExpected.toSorted());
});

test.each(programs)('%s does its work, by import and by require', async (name) => {
  expect(await runs.outcomeOf([`${name}.mjs`], consumer.path, name)).toEqual(fine(name));
  expect(await runs.outcomeOf([`${name}.cjs`], consumer.path, name)).toEqual(fine(name));
});

test.each(programs)('%s does its work where the condition "node-addons" is off', async (name) => {
  expect(await runs.outcomeOf(['--no-addons', `${name}.mjs`], consumer.path, name)).toEqual(fine(name));
});

test('import and require lead to one state, from each entry point', async () => {
  const paths = ['', '/pino', '/stream', '/cdk', '/cdk/testing', '/testing'].map(
    (path) => `fapilog-cloudwatch${path}`,
  );
  const program = `
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    const others = [];
    for (const path of ${JSON.stringify(paths)}) {
      const [imported, required] = [await import(path), require(path)];
      for (const name of Object.keys(required)) if (imported[name] !== required[name]) others.push(path + ' ' + name);
    }
    console.log(JSON.stringify(others));`;
  consumer.write('both.mjs', program);

  expect(await runs.outcomeOf(['both.mjs'], consumer.path)).toMatchObject({ by: 0, printed: [] });
});

test('a program that is given as a text imports it', async () => {
  const text = `import('fapilog-cloudwatch').then(({ LEVELS }) => console.log(LEVELS.length))`;

  expect(await runs.outcomeOf(['--eval', text], consumer.path)).toMatchObject({ by: 0, printed: 6 });
});

/** Jest has conditions of its own: those of its environment, which may be none. */
test.each([['node', 'node-addons'], ['browser'], []])(
  'Jest with the conditions %p requires it',
  async (...given) => {
    const conditions = given.filter((each) => typeof each === 'string');
    consumer.write(
      'jest.config.json',
      JSON.stringify({ testEnvironmentOptions: { customExportConditions: conditions }, transform: {} }),
    );
    consumer.write(
      'entry.test.js',
      `test('works', () => expect(require('fapilog-cloudwatch').getLogger).toBeInstanceOf(Function));`,
    );
    const { by } = await consumer.command('jest', ['--runInBand', '--config', 'jest.config.json']);

    expect(by).toBe(0);
  },
);
