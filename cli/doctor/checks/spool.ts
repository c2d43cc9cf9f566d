import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../../runtime/send/verdict.js';
import { guarded } from '../../../runtime/serialize/guard.js';
import { spoolDirProblems } from '../../../runtime/spool/root.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';
import { outcomeOf } from '../outcome.js';

/** Whether the directory of the spool can be made and written, by nobody else. Nothing is written. */
export const spoolCheck: Check = {
  name: 'Spool',
  async run({ sink, settings, isDelivering }: Application) {
    const { spoolDir, spoolMaxBytes } = sink;
    if (spoolDir === undefined || !isDelivering) return [finding('spool-off', 'the settings name none')];
    const place = settings.placeOf('cloudwatch', 'spoolDir');
    const unsafe = spoolDirProblems(spoolDir);
    if (unsafe.length > 0)
      return unsafe.map(({ allowed }) =>
        fault('spool-unsafe', `${place} is ${spoolDir}`, `allowed: ${allowed}`),
      );
    const writable = await outcomeOf(() => assertWritable(spoolDir));
    if ('error' in writable) return [unwritable(place, spoolDir, writable.error)];
    return [roomFinding(spoolDir, spoolMaxBytes)];
  },
};

/** What is not there will be made, in the nearest directory that is. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

function assertWritable(path: string): void {
  const directory = existing(path);
  if (!statSync(directory).isDirectory()) throw new Error(`${directory} is no directory`);
  accessSync(directory, constants.W_OK | constants.X_OK);
}

function unwritable(place: string, path: string, error: Error): Finding {
  const fix = `name a directory that this user may write in ${place}, such as a volume of the container`;
  return fault('spool-unwritable', `${place} is ${path}: ${messageOf(error)}`, fix);
}

function roomFinding(path: string, maxBytes: number): Finding {
  const stats = guarded(() => statfsSync(existing(path)), undefined);
  const free = stats === undefined ? Infinity : stats.bavail * stats.bsize;
  if (free >= maxBytes) return finding('spool', `${path} can be written, and the disk has room for it`);
  const message = `the disk of ${path} has ${mebibytes(free)} free, and the spool may take ${mebibytes(maxBytes)}`;
  return fault(
    'spool-room',
    message,
    `lower FAPILOG_CLOUDWATCH__SPOOL_MAX_BYTES to ${Math.floor(free / 2)}, or make room`,
  );
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1_048_576)} MiB`;
}
