import { constants, promises, type Stats } from 'node:fs';

/** Larger than any segment: a call has 1 MiB, which escaping can make six times as large. */
export const MAX_SEGMENT_BYTES = 8 * 1_048_576;

/** Permissions by which others than the owner could write. */
const OTHERS_WRITE = 0o022;

const PERMISSIONS = 0o7777;

/** Without these two, an open would follow a link, or wait for whoever writes into a FIFO. */
const READ_AS_IT_IS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Windows has neither users nor permissions that could be asked for here. */
export const hasModes = process.geteuid !== undefined;

/** An entry that must not be touched, because nobody of this spool made it. */
export class Foreign extends Error {
  override readonly name = 'Foreign';
}

/** Why an entry is none that a process of this user made for the spool; `undefined` if it is one. */
export function strangeness(stats: Stats, kind: 'file' | 'directory', uid: number): string | undefined {
  const found = kindOf(stats);
  if (found !== kind) return `it is a ${found}`;
  if (kind === 'file' && stats.size > MAX_SEGMENT_BYTES) return `it has ${stats.size} bytes`;
  if (stats.uid !== uid) return `it belongs to user ${stats.uid}`;
  return othersMayWrite(stats) ? `others may write to it (mode ${modeOf(stats)})` : undefined;
}

export function othersMayWrite({ mode }: Stats): boolean {
  return hasModes && (mode & OTHERS_WRITE) !== 0;
}

export function modeOf({ mode }: Stats): string {
  return (mode & PERMISSIONS).toString(8).padStart(4, '0');
}

/**
 * Reads a file of the spool that is one by its looks, and only as much as it had when it was opened. Looks before it
 * opens, because opening a device or a FIFO can have effects, and again after, because the entry may be another by then.
 *
 * @throws Foreign if it is something else, or what the file system says.
 */
export async function readOurs(
  path: string,
  uid: number,
): Promise<{ readonly bytes: Buffer; readonly stats: Stats }> {
  assertOurs(await promises.lstat(path), uid);
  const file = await promises.open(path, READ_AS_IT_IS);
  try {
    const stats = await file.stat();
    assertOurs(stats, uid);
    const buffer = Buffer.allocUnsafeSlow(stats.size);
    let end = 0;
    for (let read = -1; end < buffer.length && read !== 0; end += read) {
      read = (await file.read(buffer, end, buffer.length - end, end)).bytesRead;
    }
    return { bytes: buffer.subarray(0, end), stats };
  } finally {
    await file.close();
  }
}

function assertOurs(stats: Stats, uid: number): void {
  const why = strangeness(stats, 'file', uid);
  if (why !== undefined) throw new Foreign(why);
}

function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symbolic link';
  if (stats.isFIFO()) return 'FIFO';
  return stats.isSocket() ? 'socket' : 'device';
}
