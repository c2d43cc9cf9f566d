import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunningCommand } from '../support/command-line.js';
import { root } from '../support/imports.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly repository: { readonly url: string };
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
};

function run(...args: readonly string[]): ReturnType<RunningCommand['ended']> {
  return new RunningCommand(args).ended();
}

test('without arguments, it shows what there is', async () => {
  const { by, stdout, stderr } = await run();

  expect({ by, stderr }).toEqual({ by: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: fapilog-cloudwatch/);
  expect(stdout).toMatch(/^ {2}local .*CloudWatch Logs on this machine/m);
});

test('it is the version of the package', async () => {
  expect(await run('--version')).toEqual({ by: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('a command that is unknown: an error in one line, with the one that was meant', async () => {
  expect(await run('lokal')).toEqual({
    by: 1,
    stdout: '',
    stderr: "error: unknown command 'lokal'\n(Did you mean local?)\n",
  });
});

test.each([['--'], ['help']])('a command behind %s is that command', async (...before) => {
  const { stdout, stderr } = await run(...before, 'query');

  expect(stdout + stderr).toMatch(/log group to query|queries? of Logs|Logs Insights/);
});

test('npx finds a file that a shell can run', () => {
  const file = join(root, manifest.bin['fapilog-cloudwatch']!);

  expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

/** The file of the page that help names, if its address is that of the repository. */
function pageIn(documentation: string): string | undefined {
  const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
  const [, url, file] = /^Documentation:\n(\S+)\n\(in the package: (\S+)\)\n$/.exec(documentation) ?? [];
  return url === `${repository}/blob/main/${file}` ? file : undefined;
}

test('the package has the pages', () => {
  expect(manifest.files).toContain('docs');
});

test('help names the page of all commands', async () => {
  const { stdout } = await run('--help');

  expect(pageIn(/^Documentation:[^]*/m.exec(stdout)?.[0] ?? '')).toBe('docs/commands.md');
});

test.each(['local', 'tail', 'query', 'emit', 'doctor', 'env', 'plan'])(
  '%s --help has examples that can be pasted, of options that it has, and the address of its page',
  async (command) => {
    const { by, stdout, stderr } = await run(command, '--help');
    const [options = '', rest = ''] = stdout.split(/^Examples:\n/m);
    const [examples = '', documentation = ''] = rest.split(/^(?=Documentation:)/m);
    const lines = examples
      .trimEnd()
      .replaceAll(/ \\\n +/g, ' ')
      .split('\n');
    const called = lines.map(
      (line) => new RegExp(`npx fapilog-cloudwatch ${command}\\b([^|>]*)`).exec(line)?.[1],
    );
    const known = options.match(/(?<![\w-])--?[a-z][a-z-]*/g);

    expect({ by, stderr }).toEqual({ by: 0, stderr: '' });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => !/^ {2}[a-z]/.test(line))).toEqual([]);
    for (const words of called) {
      expect(words).toBeDefined();
      expect(known).toEqual(expect.arrayContaining(words!.match(/(?<=\s)--?[a-z][a-z-]*/g) ?? []));
    }
    expect(stdout).not.toContain('(default: 30000)');
    const page = pageIn(documentation);
    expect(page).toMatch(new RegExp(`^docs/(?:commands/)?${command}\\.md$`));
    expect(existsSync(join(root, page!))).toBe(true);
  },
);

test('an option that resembles none is told where all of them are', async () => {
  const pointer = (command: string) =>
    `error: unknown option '--frob'\n(All options: npx fapilog-cloudwatch${command} --help)\n`;

  expect(await run('plan', '--frob')).toEqual({ by: 1, stdout: '', stderr: pointer(' plan') });
  expect(await run('--frob')).toEqual({ by: 1, stdout: '', stderr: pointer('') });
});
