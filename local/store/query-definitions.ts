import type { InputOf } from '../api/shapes.js';

/** A saved query, as JSON can hold it. */
export interface QueryDefinition extends Pick<
  InputOf<'PutQueryDefinition'>,
  'name' | 'queryString' | 'logGroupNames' | 'parameters' | 'clientToken'
> {
  readonly queryDefinitionId: string;
  readonly lastModified: number;
}
