/**
 * Releases the version that package.json names: checks everything, builds and packs, then makes the tag; the workflow `release.yml`
 * publishes when the tag is pushed. With `--dry-run`, it checks and makes no tag; with `--tagged`, as in that workflow, it checks a
 * commit that has its tag.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckout } from './release/checkout.js';
import { publishedVersions } from './release/registry.js';
import { distTagOf, releaseProblems, tagOf, type ReleaseFacts } from './release/release-problems.js';
import { pack, strangers } from './release/tarball.js';

const options = { 'dry-run': { type: 'boolean' }, tagged: { type: 'boolean' } } as const;
const root = process.cwd();

async function readFacts(): Promise<ReleaseFacts> {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as ReleaseFacts;
  return {
    name,
    version,
    changelog: readFileSync('CHANGELOG.md', 'utf8'),
    checkout: readCheckout(root, tagOf(version)),
    published: await publishedVersions(name),
  };
}

function run(command: string, ...args: readonly string[]): void {
  console.log(`$ ${[command, ...args].join(' ')}`);
  execFileSync(command, args, { stdio: 'inherit' });
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.map((problem) => `- ${problem}`).join('\n'));
}

async function release(): Promise<void> {
  const { values } = parseArgs({ options });
  const facts = await readFacts();
  const { version, checkout } = facts;
  refuse(releaseProblems(facts, values.tagged ? 'tagged' : 'new'));
  run('npm', 'run', '--silent', 'build');
  const tarball = pack(root);
  const unknown = strangers(tarball.files, checkout.files);
  refuse(
    unknown.map(
      (path) => `${path} is in the package and not in git; allowed: files of git and of the build: remove it`,
    ),
  );
  run('npx', '--no-install', 'publint', 'run', tarball.path, '--strict');
  run('npx', '--no-install', 'attw', tarball.path);
  console.log(`${tarball.path}: ${tarball.files.length} files, ${tarball.bytes} bytes, ${tarball.integrity}`);
  if (values.tagged) passOn({ tarball: tarball.path, 'dist-tag': distTagOf(version) });
  else if (values['dry-run'])
    console.log(`${version} can be released as ${distTagOf(version)}; no tag was made`);
  else tag(version);
}

function tag(version: string): void {
  run('git', 'tag', '--annotate', tagOf(version), '--message', `Version ${version}`);
  console.log(`The tag is made here only. To publish: git push origin ${tagOf(version)}`);
}

/** Hands values to the steps of the workflow that follow. */
function passOn(outputs: Readonly<Record<string, string>>): void {
  const file = process.env['GITHUB_OUTPUT'];
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (file === undefined) process.stdout.write(lines.join(''));
  else appendFileSync(file, lines.join(''));
}

try {
  await release();
} catch (error) {
  console.error(`Not released:\n${(error as Error).message}`);
  process.exitCode = 1;
}
