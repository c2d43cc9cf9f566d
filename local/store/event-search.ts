import type { Position } from './log-event.js';
import type { LogGroup } from './log-group.js';
import { after, type Found, readForwards } from './reading.js';

export interface FoundInGroup extends Found {
  readonly group: LogGroup;
}

/** The event at a position in any of these log groups; none that is past the retention of its group. */
export function findEvent(
  groups: readonly LogGroup[],
  position: Position,
  nowMs: number,
): FoundInGroup | undefined {
  for (const group of groups) {
    if (position.timestamp < group.expiresBeforeMs(nowMs)) continue;
    for (const stream of group.streams) {
      const [found] = readForwards([stream], { from: position, to: after(position) });
      if (found !== undefined) return { group, ...found };
    }
  }
  return undefined;
}
