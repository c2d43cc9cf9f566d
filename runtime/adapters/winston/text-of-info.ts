import { guarded } from '../../serialize/guard.js';
import type { Info } from './info.js';

/** Whether a text is the JSON of members of an info, as `format.json()` makes it. */
export function isJsonOf(text: string, info: Info): boolean {
  if (!text.startsWith('{')) return false;
  const members = guarded(() => JSON.parse(text) as object, undefined);
  return members !== undefined && Object.keys(members).every((name) => name in info);
}
