import { accessSync, constants, lstatSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../contract/problems.js';
import { makeDirectories } from '../../contract/make-directories.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { hasModes, modeOf, othersMayWrite } from './ours.js';

/** Where the setting can stand, for whoever has to change it. */
const WHERE = 'FAPILOG_CLOUDWATCH__SPOOL_DIR (spoolDir)';

/** The permission by which a directory is shared on purpose, as /tmp is. */
const STICKY = 0o1000;

/**
 * What makes a directory no safe place for log events: somebody else could put files and links there, or take ours away.
 * One that is not there has no problem yet.
 */
export function spoolDirProblems(path: string): Problem[] {
  const allowed = guarded(() => unsafety(path), undefined);
  return allowed === undefined ? [] : [{ where: WHERE, value: path, allowed }];
}

/**
 * Makes the directory if it is not there, for this user alone. Returns the user to whom its files belong.
 *
 * @throws Error if it is no directory, cannot be written to, or others may.
 */
export function makeRoot(path: string): number {
  makeDirectory(path);
  const unsafe = unsafety(path);
  if (unsafe !== undefined) throw new Error(unsafe);
  accessSync(path, constants.W_OK | constants.X_OK);
  return userIn(path);
}

function makeDirectory(path: string): void {
  try {
    makeDirectories(path, 0o700);
  } catch (error) {
    throw new Error(`${obstacleAt(path)}${reasonOf(error)}`, { cause: error });
  }
}

/** What stands there instead of a directory, for the message. */
function obstacleAt(path: string): string {
  const stats = guarded(() => lstatSync(path), undefined);
  if (!stats || stats.isDirectory()) return '';
  return stats.isSymbolicLink() ? 'it is a link that leads to no directory: ' : 'it is no directory: ';
}

/** The link that the setting may be is followed: it is the user's own word. Nothing below is. */
function unsafety(path: string): string | undefined {
  const stats = statSync(path);
  if (!stats.isDirectory() || !hasModes) return undefined;
  const mode = modeOf(stats);
  const inside = 'name a directory inside it, which will be made';
  if (othersMayWrite(stats)) {
    // Nobody must be told to shut the others out of /tmp.
    const remedy = (stats.mode & STICKY) === 0 ? `run chmod 700 ${path}, or ${inside}` : inside;
    return `a directory to which only its owner may write; others may write to this one (mode ${mode}): ${remedy}`;
  }
  if (stats.uid === 0 || stats.uid === userIn(path)) return undefined;
  const remedy = `run chown ${process.geteuid?.()} ${path} && chmod 700 ${path}, or ${inside}`;
  return `a directory of this user; this one belongs to user ${stats.uid} (mode ${mode}): ${remedy}`;
}

/** A network file system can give files to another user than the one who makes them. */
function userIn(path: string): number {
  const { uid } = statSync(path);
  const own = process.geteuid?.() ?? uid;
  return uid === own ? own : guarded(() => userOfNew(path), own);
}

function userOfNew(path: string): number {
  const probe = mkdtempSync(join(path, '.probe-'));
  try {
    return lstatSync(probe).uid;
  } finally {
    rmdirSync(probe);
  }
}
