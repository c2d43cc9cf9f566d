import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckout } from '../../../tools/release/checkout.js';
import { distTagOf, releaseProblems, type ReleaseFacts } from '../../../tools/release/release-problems.js';
import { folderWith } from '../../support/folder.js';

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-12-01\n\n- New.\n\n## 1.1.0 - 2026-11-02\n';

/** A checkout of `main`, with its origin, in which version 1.2.0 can be released. */
class Project {
  readonly folder = folderWith({ 'CHANGELOG.md': CHANGELOG, '.gitignore': '*.log' });

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit();
    const origin = folderWith({});
    this.git('clone', '--quiet', '--bare', '.', origin);
    this.git('remote', 'add', 'origin', origin);
    this.git('fetch', '--quiet', 'origin');
  }

  git(...args: readonly string[]): void {
    const who = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@example.com', '-c', 'tag.gpgSign=false'];
    execFileSync('git', [...who, ...args], { cwd: this.folder, stdio: 'pipe' });
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--no-gpg-sign', '--message', 'Change');
  }

  facts(others: Partial<ReleaseFacts> = {}): ReleaseFacts {
    const checkout = readCheckout(this.folder, 'v1.2.0');
    return {
      name: 'logs',
      version: '1.2.0',
      changelog: CHANGELOG,
      published: ['1.1.0'],
      checkout,
      ...others,
    };
  }
}

function problemsOf(project: Project, others?: Partial<ReleaseFacts>): string[] {
  return releaseProblems(project.facts(others), 'new');
}

test('a clean checkout of main, with a dated version that nobody has, can be released', () => {
  const project = new Project();
  project.write('npm-debug.log', 'ignored by git');

  expect(problemsOf(project)).toEqual([]);
});

test.each([
  ['1.2', 'version in package.json is 1.2; allowed: 1.2.3, or 1.2.3-beta.1'],
  ['v1.2.0', 'version in package.json is v1.2.0; allowed'],
  [
    '1.1.0',
    'version in package.json is 1.1.0, which is published; allowed: a version that logs does not have',
  ],
  ['1.3.0', 'the newest version in CHANGELOG.md is 1.2.0; allowed: that of package.json'],
])('version %s is refused', (version, sentence) => {
  expect(problemsOf(new Project(), { version })).toContainEqual(expect.stringContaining(sentence));
});

test.each([
  [
    'without a date',
    CHANGELOG.replace(' - 2026-12-01', ''),
    'the date of 1.2.0 in CHANGELOG.md is missing; allowed: a day',
  ],
  [
    'with another word',
    CHANGELOG.replace('2026-12-01', 'soon'),
    'the date of 1.2.0 in CHANGELOG.md is soon; allowed',
  ],
  [
    'on no day',
    CHANGELOG.replace('2026-12-01', '2026-02-30'),
    'the date of 1.2.0 in CHANGELOG.md is 2026-02-30',
  ],
  [
    'in no month',
    CHANGELOG.replace('2026-12-01', '2026-13-45'),
    'the date of 1.2.0 in CHANGELOG.md is 2026-13-45',
  ],
  ['that is missing', '# Changelog\n', 'the newest version in CHANGELOG.md is none; allowed'],
  [
    'beside changes that are in no version',
    CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- Later.\n'),
    'CHANGELOG.md has changes under Unreleased; allowed: none: move them to the heading of 1.2.0',
  ],
])('a version %s in the changelog is refused', (_, changelog, sentence) => {
  expect(problemsOf(new Project(), { changelog })).toEqual([expect.stringContaining(sentence)]);
});

test('what is not committed is named: changed files and new ones', () => {
  const project = new Project();
  project.write('CHANGELOG.md', 'other');
  for (const name of ['a', 'b', 'c']) project.write(name, 'new');

  expect(problemsOf(project)).toEqual([
    'not committed: CHANGELOG.md, a, b, and 1 more; allowed: a clean checkout: commit, or run git stash --include-untracked',
  ]);
});

test('another branch than main, and a tag that is there, are refused together', () => {
  const project = new Project();
  project.git('switch', '--quiet', '--create', 'feature');
  project.git('tag', 'v1.2.0');

  expect(problemsOf(project)).toEqual([
    'the branch is feature; allowed: main: run git switch main',
    expect.stringMatching(/^the tag v1\.2\.0 is there, at [0-9a-f]{10}; allowed: a version without a tag/),
  ]);
});

describe('a commit that is checked out by its tag', () => {
  const problemsOfTagged = (project: Project): string[] => releaseProblems(project.facts(), 'tagged');

  test('can be published if it is part of main', () => {
    const project = new Project();
    project.git('tag', '--annotate', 'v1.2.0', '--message', 'Version 1.2.0');
    project.git('switch', '--quiet', '--detach', 'v1.2.0');

    expect(problemsOfTagged(project)).toEqual([]);
  });

  test('is refused beside main, or if its tag is that of another commit', () => {
    const project = new Project();
    project.git('tag', 'v1.2.0');
    project.write('more', 'text');
    project.commit();

    expect(problemsOfTagged(project)).toEqual([
      expect.stringMatching(
        /^the tag v1\.2\.0 is at [0-9a-f]{10}; allowed: at [0-9a-f]{10}, which is checked out/,
      ),
      expect.stringMatching(/^[0-9a-f]{10} is not part of origin\/main; allowed: a commit of main/),
    ]);
  });

  test('is refused without the tag that package.json names', () => {
    expect(problemsOfTagged(new Project())).toEqual([
      expect.stringContaining('the tag v1.2.0 is missing; allowed: at '),
    ]);
  });
});

test('a folder without a commit is no checkout', () => {
  expect(() => readCheckout(folderWith({}), 'v1.0.0')).toThrow('expected: a checkout of the project by git');
});

test('who asks for no version in particular gets the latest that is no beta', () => {
  expect(['1.2.0', '1.2.0-beta.1', '0.1.0'].map(distTagOf)).toEqual(['latest', 'next', 'latest']);
});
