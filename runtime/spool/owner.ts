import type { Owner, ThreadOwner } from '../../contract/owner.js';
import { guarded } from '../serialize/guard.js';

/** What the mark of a directory says: by it, a directory is one of a spool, and of which version. */
const FORMAT = 'fapilog-spool';
const VERSION = 1;

/** The mark of a directory that an owner has. */
export function ownerText(owner: Owner): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...owner })}\n`;
}

/** An owner as {@link ownerText} gives it; else why it is none. */
export function parseOwner(mark: string): Owner | string {
  const { format, version, host, pid, startedAt, system, thread } = guarded(
    () => Object(JSON.parse(mark)) as Partial<Record<keyof Owner | 'format' | 'version', unknown>>,
    {},
  );
  if (format !== FORMAT) return 'it does not say that it is of a spool';
  if (version !== VERSION) return `it is of version ${String(version)}, and this one knows ${VERSION} only`;
  const isOwner = typeof host === 'string' && typeof pid === 'number';
  if (!isOwner) return 'it names no owner';
  return { host, pid, startedAt: textOf(startedAt), system: textOf(system), ...threadIn(thread) };
}

function threadIn(thread: unknown): Pick<Owner, 'thread'> {
  const { id, startedAt } = Object(thread) as Partial<Record<keyof ThreadOwner, unknown>>;
  return typeof id === 'number' && typeof startedAt === 'string' ? { thread: { id, startedAt } } : {};
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
