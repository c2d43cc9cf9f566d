import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import type { Environment } from '../../contract/codec.js';
import { nextTurn } from '../io/next-turn.js';

/**
 * Whether the AWS SDK can read a shared config or credentials file. It may say anything there: a Region, an endpoint, who
 * signs. What it cannot read, for whatever reason, it takes for absent.
 *
 * It looks on this thread: those of libuv may all be taken, as the runtime of Lambda Managed Instances takes them to wait for invocations.
 * In a turn of its own: what is loaded before and after takes long enough.
 */
export async function hasSharedFiles(env: Environment): Promise<boolean> {
  await nextTurn();
  const paths = [
    pathOf(env, env['AWS_CONFIG_FILE'], 'config'),
    pathOf(env, env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials'),
  ];
  return paths.some(isReadable);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function pathOf(env: Environment, given: string | undefined, name: string): string {
  if (!given) return join(homeOf(env), '.aws', name);
  return given.startsWith('~/') ? join(homeOf(env), given.slice(2)) : given;
}

/** The SDK looks for the home directory in this order. */
function homeOf({ HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${sep}` }: Environment): string {
  return HOME || USERPROFILE || (HOMEPATH ? HOMEDRIVE + HOMEPATH : homedir());
}
