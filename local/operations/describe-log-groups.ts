import { logGroupArn } from '../arns.js';
import type { InputOf } from '../api/shapes.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import { describedGroup } from './described-group.js';
import { operation } from './operation.js';
import { listPage, MAX_DESCRIBED } from './pages.js';

type Input = InputOf<'DescribeLogGroups'>;

export const describeLogGroups = operation('DescribeLogGroups', {
  honours: [
    'logGroupNamePrefix',
    'logGroupNamePattern',
    'logGroupClass',
    'logGroupIdentifiers',
    'limit',
    'nextToken',
  ],
  enforces: 'prefix, case-sensitive part of the name, class, identifiers; pages of 50',
  assumes: 'text of the refusal where filters exclude each other; an unknown identifier is left out',
  run(input, { store }) {
    const { items, ...next } = listPage({
      of: `DescribeLogGroups ${logGroupArn(store.place, '')}`,
      items: store.groups.filter(selectionOf(input)),
      keyOf: (group) => [0, group.identity.name],
      limit: input.limit ?? MAX_DESCRIBED,
      token: input.nextToken,
    });
    return { logGroups: items.map(describedGroup), ...next };
  },
});

/** Which filters exclude each other is documented. */
function selectionOf(input: Input): (group: LogGroup) => boolean {
  const {
    logGroupNamePrefix: prefix,
    logGroupNamePattern: pattern,
    logGroupClass,
    logGroupIdentifiers,
  } = input;
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter('Cannot specify both logGroupNamePrefix and logGroupNamePattern.');
  if (logGroupIdentifiers !== undefined) {
    if ((prefix ?? pattern ?? logGroupClass) !== undefined)
      throw invalidParameter('Cannot specify logGroupIdentifiers with another filter.');
    return ({ identity, arn }) =>
      logGroupIdentifiers.includes(identity.name) || logGroupIdentifiers.includes(arn);
  }
  return ({ identity }) =>
    identity.name.startsWith(prefix ?? '') &&
    identity.name.includes(pattern ?? '') &&
    identity.logGroupClass === (logGroupClass ?? identity.logGroupClass);
}
