import type { Query } from './query.js';

/**
 * Reads the text of a query.
 *
 * @throws ServiceError `MalformedQueryException` that names what is malformed, or what this server does not have
 */
export function parseQuery(text: string): Query {
  void text;
  throw new Error('Not written yet.');
}
