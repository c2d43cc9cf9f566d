import type { InputOf } from '../api/shapes.js';
import { invalidParameter } from '../service-error.js';

type QueryLanguage = InputOf<'StartQuery'>['queryLanguage'];

/** The language of all queries here. */
export const QUERY_LANGUAGE = 'CWLI';

/** The service has two more. */
export function checkQueryLanguage(language: QueryLanguage): void {
  if (language === undefined || language === QUERY_LANGUAGE) return;
  throw invalidParameter(
    `This local server does not implement the queryLanguage ${language}. It has: ${QUERY_LANGUAGE}.`,
  );
}
