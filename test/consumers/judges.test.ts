import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packedTarball } from './support/consumer.js';

const packages = join(__dirname, '../../node_modules');

test('publint, strictly, has nothing against the tarball', () => {
  const program = join(packages, 'publint/src/cli.js');
  const { status, stdout } = spawnSync(process.execPath, [program, '--strict', packedTarball()], {
    encoding: 'utf8',
  });

  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('All good!') as string });
});

test('“Are the types wrong?” says no of each entry point, by each way in which TypeScript resolves, node10 included', () => {
  const program = join(packages, '@arethetypeswrong/cli/dist/index.js');
  // It has an exit code of its own for each problem; no rule is ignored.
  const verdict = execFileSync(process.execPath, [program, packedTarball(), '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const { analysis, problems } = JSON.parse(verdict) as Verdict;
  const resolved = Object.entries(analysis.entrypoints).map(([name, { resolutions }]) => [
    name,
    Object.keys(resolutions).toSorted(),
  ]);

  expect(problems).toEqual({});
  expect(resolved.length).toBeGreaterThan(10);
  for (const [, ways] of resolved) {
    expect(ways).toEqual(['bundler', 'node10', 'node16-cjs', 'node16-esm']);
  }
});

interface Verdict {
  readonly analysis: {
    readonly entrypoints: Readonly<
      Record<string, { readonly resolutions: Readonly<Record<string, unknown>> }>
    >;
  };
  readonly problems: object;
}
