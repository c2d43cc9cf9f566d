import type { AccountRegion } from '../arns.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';

/** A log stream, with the id of its group. */
export interface Source {
  readonly groupId: string;
  readonly group: LogGroup;
  readonly stream: LogStream;
}

export function groupIdOf({ accountId, region }: AccountRegion, name: string): string {
  return `${accountId}/${region}/${name}`;
}
