import { ServiceError } from '../../service-error.js';

/** A place in the text of a query. */
export interface QueryPlace {
  /** Index of the first character, and behind the last one. */
  readonly start: number;
  readonly end: number;
}

/**
 * The refusal of a query: the message names what is wrong and where. Name and member of the place are documented
 * (`queryCompileError.location`), texts are assumed.
 */
export function malformedQuery(message: string, place?: QueryPlace): ServiceError {
  const location = place && { startCharOffset: place.start, endCharOffset: place.end };
  return new ServiceError('MalformedQueryException', message, {
    members: { queryCompileError: { message, ...(location && { location }) } },
  });
}
