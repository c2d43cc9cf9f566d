import { Failure } from '../failure.js';

/** The options of `tail`, as given. */
export interface TailOptions {
  readonly group?: readonly string[];
  readonly stream?: readonly string[];
  readonly filter?: string;
  readonly since?: number;
  readonly until?: number;
  readonly follow: boolean;
  readonly live?: boolean;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly utc?: boolean;
  readonly interval?: number;
  readonly overlap?: number;
}

/**
 * Options that would have no effect together are an error.
 *
 * @throws Failure that names both
 */
export function checkTogether({ live, since, until, follow, interval, overlap }: TailOptions): void {
  const polled = { since, until, interval, overlap, 'no-follow': follow ? undefined : true };
  const [given] = Object.entries(polled).find(([, value]) => value !== undefined) ?? [];
  if (live && given !== undefined)
    throw new Failure(
      `--live shows what arrives from now on, so --${given} has no effect. Leave out one of them.`,
    );
  if (since !== undefined && until !== undefined && until < since)
    throw new Failure('--until is before --since. Give a later --until, or an earlier --since.');
}
