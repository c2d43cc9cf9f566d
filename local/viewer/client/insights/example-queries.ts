/** A query that is offered at a click. */
export interface ExampleQuery {
  readonly name: string;
  readonly query: string;
}

/** They ask for what a logger of this package writes. */
export const EXAMPLES: readonly ExampleQuery[] = [
  {
    name: 'The last errors',
    query: `fields @timestamp, level, message, error.type
| filter level in ["error", "fatal"]
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'Events a minute, by level',
    query: `filter ispresent(level)
| stats count(*) as events by bin(1m), level`,
  },
  {
    name: 'Most frequent messages',
    query: `filter ispresent(message)
| stats count(*) as events by message
| sort events desc
| limit 20`,
  },
];
