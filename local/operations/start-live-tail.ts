import { randomUUID } from 'node:crypto';
import type { InputOf } from '../api/shapes.js';
import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { invalidParameter, ServiceError } from '../service-error.js';
import type { Store, Stored } from '../store/store.js';
import { identifiedGroup } from './named-group.js';
import { operation } from './operation.js';

type Input = InputOf<'StartLiveTail'>;

export const startLiveTail = operation('StartLiveTail', {
  honours: ['logGroupIdentifiers', 'logStreamNames', 'logStreamNamePrefixes', 'logEventFilterPattern'],
  enforces:
    'one to ten ARNs, class STANDARD; streams or prefixes, not both, and of one log group; the whole pattern language; an update a second with at most 500 events, sampled beyond; 10 updates, or 46 MiB of them, wait for a slow reader; three hours; 15 sessions',
  assumes:
    'the name of a log group is refused; names of streams need not exist; an event names its log group by the ARN; every event is as likely to be in a sample; an update of more than 23 MiB is cut, and says sampled',
  run(input, { store, liveTails, requestId }) {
    checkStreams(input);
    for (const arn of input.logGroupIdentifiers) checkGroup(store, arn);
    const start = { requestId, sessionId: randomUUID(), ...input };
    const { matches } = parseFilterPattern(input.logEventFilterPattern ?? '');
    return liveTails.start(store.place, { start, matches, identifierOf: selectionOf(input) });
  },
});

/** Both rules are documented, the texts are assumed. */
function checkStreams({ logGroupIdentifiers, logStreamNames, logStreamNamePrefixes }: Input): void {
  if (logStreamNames !== undefined && logStreamNamePrefixes !== undefined)
    throw invalidParameter('Cannot specify both logStreamNames and logStreamNamePrefixes.');
  if (logGroupIdentifiers.length > 1 && (logStreamNames ?? logStreamNamePrefixes) !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefixes need exactly one log group.');
}

/**
 * That it must be an ARN is documented and reported, though the API's pattern takes a name. Class STANDARD is documented, the name of
 * its refusal is assumed from the errors that the API lists.
 */
function checkGroup(store: Store, identifier: string): void {
  if (!identifier.startsWith('arn:'))
    throw invalidParameter(
      `Specify each log group by its ARN, without ':*' at its end: got '${identifier}'.`,
    );
  const { logGroupClass } = identifiedGroup(store, identifier).identity;
  if (logGroupClass !== 'STANDARD')
    throw new ServiceError(
      'InvalidOperationException',
      `Live Tail is not supported for log groups of class ${logGroupClass}.`,
    );
}

/** A log group that is deleted and made again is the same one to a session. */
function selectionOf({ logGroupIdentifiers, logStreamNames, logStreamNamePrefixes }: Input) {
  const hasStream = (name: string): boolean =>
    logStreamNames?.includes(name) ??
    logStreamNamePrefixes?.some((prefix) => name.startsWith(prefix)) ??
    true;
  return ({ group: { arn }, stream }: Stored): string | undefined =>
    logGroupIdentifiers.includes(arn) && hasStream(stream.name) ? arn : undefined;
}
