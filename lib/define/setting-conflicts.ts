import type { GivenSettings } from '../../contract/codec.js';
import { cloudWatchConflicts } from '../../contract/conflicts.js';
import type { Problem } from '../../contract/problems.js';
import { isUnresolved } from '../tokens.js';

/** Settings of the sink that exclude each other, named as the options of the construct that hold them. */
export function settingConflicts({ cloudwatch = {} }: GivenSettings, where: string): Problem[] {
  return cloudWatchConflicts(cloudwatch, isUnresolved, (key) => `${where}.settings.${key}`);
}
