import type { GivenRecord } from '../../logger/given-record.js';
import { guarded } from '../../serialize/guard.js';
import type { Rules } from '../../serialize/reading.js';
import type { Info, ParentLogger } from './info.js';
import { levelNameOf, levelOf } from './info-level.js';
import { timeOf } from './info-time.js';
import { readInfo } from './read-info.js';

/**
 * The record of an info.
 *
 * @param text in place of its message, if a format has made one
 */
export function recordOf(
  info: Info,
  { levels, defaultMeta }: ParentLogger,
  isDetached: boolean,
  text?: (rules?: Rules) => string,
): GivenRecord {
  const nowMs = Date.now();
  const levelName = guarded(() => levelNameOf(info), 'info');
  const level = levelOf(levelName, levels);
  const time = guarded(() => timeOf(info['timestamp'], nowMs), undefined);
  const context = {
    levelName,
    level,
    isTimed: time?.isWhole === true,
    defaultNames: Object.keys(defaultMeta ?? {}),
  };
  return {
    timeMs: time?.timeMs ?? nowMs,
    level,
    isDetached,
    content: (rules) => ({ ...readInfo(info, context, rules), ...(text && { message: text(rules) }) }),
  };
}
