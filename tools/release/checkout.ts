import { spawnSync } from 'node:child_process';

/** What git knows of a release. */
export interface Checkout {
  /** `undefined` where no branch is checked out, as for a tag. */
  readonly branch: string | undefined;
  /** Whether the commit is part of `main` of the origin. */
  readonly isOnMain: boolean;
  /** Paths that differ from the commit, and new ones. */
  readonly changes: readonly string[];
  readonly commit: string;
  /** The commit of the version's tag; `undefined` without one. */
  readonly taggedCommit: string | undefined;
  /** Every path that git keeps. */
  readonly files: readonly string[];
}

export function readCheckout(folder: string, tag: string): Checkout {
  const git = (...args: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? stdout.trimEnd() : undefined;
  };
  const commit = git('rev-parse', 'HEAD');
  if (commit === undefined)
    throw new Error(`${folder} has no commit; expected: a checkout of the project by git`);
  return {
    branch: git('symbolic-ref', '--short', '--quiet', 'HEAD'),
    isOnMain: git('merge-base', '--is-ancestor', 'HEAD', 'origin/main') !== undefined,
    changes: linesOf(git('status', '--porcelain')).map((line) => line.slice(3)),
    commit,
    taggedCommit: git('rev-parse', '--quiet', '--verify', `refs/tags/${tag}^{commit}`),
    files: linesOf(git('ls-files')),
  };
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter((line) => line !== '');
}
