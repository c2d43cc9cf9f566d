import { changelogEntries } from './changelog.js';
import type { Checkout } from './checkout.js';

/** What decides whether a version can be released. */
export interface ReleaseFacts {
  readonly name: string;
  /** As package.json has it. */
  readonly version: string;
  readonly changelog: string;
  readonly checkout: Checkout;
  readonly published: readonly string[];
}

/** `new`: the version is to be tagged; `tagged`: its tag is checked out, to be published. */
export type Stage = 'new' | 'tagged';

const VERSION = /^\d+\.\d+\.\d+(?:-([a-z]+)\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function tagOf(version: string): string {
  return `v${version}`;
}

/** What `npm install` takes by itself is `latest`. A version such as `1.0.0-beta.1` is for those who ask for it. */
export function distTagOf(version: string): string {
  return VERSION.exec(version)?.[1] === undefined ? 'latest' : 'next';
}

/** Everything that is in the way, as sentences: what is there, what is allowed, and what mends it. */
export function releaseProblems(facts: ReleaseFacts, stage: Stage): string[] {
  return [
    ...versionProblems(facts),
    ...changelogProblems(facts),
    ...changesProblems(facts),
    ...(stage === 'new' ? newProblems(facts) : taggedProblems(facts)),
  ];
}

function versionProblems({ name, version, published }: ReleaseFacts): string[] {
  if (!VERSION.test(version))
    return [
      `version in package.json is ${version}; allowed: 1.2.3, or 1.2.3-beta.1: run npm version --no-git-tag-version <version>`,
    ];
  if (published.includes(version))
    return [
      `version in package.json is ${version}, which is published; allowed: a version that ${name} does not have: run npm version --no-git-tag-version patch`,
    ];
  return [];
}

function changelogProblems({ version, changelog }: ReleaseFacts): string[] {
  const entries = changelogEntries(changelog);
  const unreleased = entries.find((entry) => entry.version === 'Unreleased');
  const [newest] = entries.filter((entry) => entry !== unreleased);
  const problems: string[] = [];
  if (unreleased?.text)
    problems.push(
      `CHANGELOG.md has changes under Unreleased; allowed: none: move them to the heading of ${version}`,
    );
  if (newest?.version !== version)
    problems.push(
      `the newest version in CHANGELOG.md is ${newest?.version ?? 'none'}; allowed: that of package.json: write the heading "## ${version} - <date>"`,
    );
  else if (!isDate(newest.date))
    problems.push(
      `the date of ${version} in CHANGELOG.md is ${newest.date ?? 'missing'}; allowed: a day such as 2026-12-01: write "## ${version} - <date>"`,
    );
  return problems;
}

function isDate(text = ''): boolean {
  const day = new Date(text);
  return DATE.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function changesProblems({ checkout: { changes } }: ReleaseFacts): string[] {
  if (changes.length === 0) return [];
  const more = changes.length > 3 ? `, and ${changes.length - 3} more` : '';
  return [
    `not committed: ${changes.slice(0, 3).join(', ')}${more}; allowed: a clean checkout: commit, or run git stash --include-untracked`,
  ];
}

function newProblems({ version, checkout: { branch, taggedCommit } }: ReleaseFacts): string[] {
  const problems: string[] = [];
  if (branch !== 'main')
    problems.push(`the branch is ${branch ?? 'none'}; allowed: main: run git switch main`);
  if (taggedCommit !== undefined)
    problems.push(
      `the tag ${tagOf(version)} is there, at ${taggedCommit.slice(0, 10)}; allowed: a version without a tag: run npm version --no-git-tag-version patch, or delete a tag that nobody has seen, by git tag --delete ${tagOf(version)}`,
    );
  return problems;
}

function taggedProblems({ version, checkout: { commit, taggedCommit, isOnMain } }: ReleaseFacts): string[] {
  const problems: string[] = [];
  if (taggedCommit !== commit)
    problems.push(
      `the tag ${tagOf(version)} is ${taggedCommit === undefined ? 'missing' : `at ${taggedCommit.slice(0, 10)}`}; allowed: at ${commit.slice(0, 10)}, which is checked out: push the tag that package.json names`,
    );
  if (!isOnMain)
    problems.push(
      `${commit.slice(0, 10)} is not part of origin/main; allowed: a commit of main: merge it first, then tag it there`,
    );
  return problems;
}
