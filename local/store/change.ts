import type { AccountRegion } from '../arns.js';
import type { GroupSettings, LogGroupClass } from './group-settings.js';
import type { InputLogEvent, StoredLogEvent } from './log-event.js';
import type { QueryDefinition } from './query-definitions.js';

/** Which log group a change is about. */
export interface GroupAddress extends AccountRegion {
  readonly group: string;
}

export interface StreamAddress extends GroupAddress {
  readonly stream: string;
}

/**
 * A change of state, as JSON can hold it. An operation checks first whether it may be made; then it is written to the journal, if
 * there is one, and made. A restart makes the changes of the journal again.
 */
export type Change =
  | (GroupAddress & {
      readonly op: 'createLogGroup';
      readonly creationTime: number;
      readonly logGroupClass: LogGroupClass;
      readonly settings: GroupSettings;
    })
  | (GroupAddress & { readonly op: 'changeLogGroup'; readonly settings: GroupSettings })
  | (GroupAddress & { readonly op: 'deleteLogGroup' })
  | (StreamAddress & {
      readonly op: 'createLogStream';
      readonly creationTime: number;
      /** Of one whose events are not in the journal any more. */
      readonly lastIngestionTime?: number | undefined;
    })
  | (StreamAddress & { readonly op: 'deleteLogStream' })
  | (AccountRegion & { readonly op: 'putQueryDefinition'; readonly definition: QueryDefinition })
  | (AccountRegion & { readonly op: 'deleteQueryDefinition'; readonly queryDefinitionId: string })
  | PutChange;

/** The events of one call, numbered in their order from `arrival` on. */
export type PutChange = StreamAddress & {
  readonly op: 'putLogEvents';
  readonly ingestionTime: number;
  readonly arrival: number;
  readonly events: readonly InputLogEvent[];
};

/** Keeps the state of a server beyond its end. */
export interface Journal {
  /** @throws ServiceError if the change cannot be written; then nothing of it is kept */
  readonly write: (change: Change) => void;
  /** Is told of events that are stored no longer, so that their space can be freed. */
  readonly release: (events: readonly StoredLogEvent[]) => void;
}

/**
 * Writes a change to the journal, and makes it.
 *
 * @throws ServiceError if it cannot be written; then it is not made
 */
export type Commit = (change: Change) => void;
