import type { CloudWatchLogs, LogGroup, SubscriptionFilter } from '@aws-sdk/client-cloudwatch-logs';
import { describeError, isRefusalOfCaller, messageOf, traits } from '../../../runtime/send/verdict.js';
import { callFailure } from '../../aws/call-failure.js';
import { connect, type Connection } from '../../aws/connection.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';
import { keepingEnvironment } from '../kept-environment.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { clientOf } from '../service-client.js';
import { within } from '../time-limit.js';

/** What can be seen of the log group without writing to it: by the application's credentials, or by those of a profile. */
export const permissionsCheck: Check = {
  name: 'Log group',
  async run(application) {
    const { isDelivering, target, surroundings } = application;
    if (!isDelivering || target.logGroupName === '') return [];
    if (surroundings.profile !== undefined) return keepingEnvironment(() => lookAsCaller(application));
    const client = await clientOf(application);
    if (typeof client === 'string') return [finding('group-unknown', client)];
    try {
      return await lookAsWriter(application, client);
    } finally {
      client.destroy();
    }
  },
};

async function lookAsWriter(application: Application, client: CloudWatchLogs): Promise<Finding[]> {
  const { logGroupName } = application.target;
  const group = await groupOf(application, client);
  if ('value' in group) return groupFindings(application, group.value);
  const { reason } = traits(group.error);
  if (reason.startsWith('AccessDenied'))
    return [
      finding(
        'group-hidden',
        `${logGroupName} is not visible to a writer, as it should be; --profile looks with your own rights`,
      ),
    ];
  const text = describeError(reason, messageOf(group.error));
  if (!isRefusalOfCaller(group.error)) return [finding('group-unknown', `DescribeLogGroups: ${text}`)];
  return [fault('caller-refused', text, await application.adviceOn('PutLogEvents', group.error))];
}

/** With rights that a writer does not have, and should not. */
async function lookAsCaller(application: Application): Promise<Finding[]> {
  const { surroundings, sink, env } = application;
  const { region } = await application.way();
  if ('error' in region) return [finding('group-unknown', 'there is no Region to look in')];
  const { profile } = surroundings;
  const options = { profile, endpointUrl: sink.endpointUrl, region: region.value };
  const connected = await outcomeOf(() => connect(options, env));
  if ('error' in connected) return [finding('group-unknown', connected.error.message)];
  try {
    return await lookThrough(application, connected.value);
  } finally {
    connected.value.client.destroy();
  }
}

async function lookThrough(application: Application, connection: Connection): Promise<Finding[]> {
  const { client } = connection;
  const { logGroupName } = application.target;
  const group = await groupOf(application, client);
  if ('error' in group) {
    const failure = callFailure(group.error, { operation: 'DescribeLogGroups', logGroupName, connection });
    return [
      finding(
        'group-unknown',
        `the profile ${application.surroundings.profile} cannot look: ${messageOf(failure)}`,
      ),
    ];
  }
  const filters = await within(application.surroundings, (abortSignal) =>
    client.describeSubscriptionFilters({ logGroupName }, { abortSignal }),
  ).catch(() => undefined);
  return groupFindings(application, group.value, filters?.subscriptionFilters);
}

/** The group of exactly this name; `undefined` where there is none. */
function groupOf(
  { target: { logGroupName }, surroundings }: Application,
  client: CloudWatchLogs,
): Promise<Outcome<LogGroup | undefined>> {
  return outcomeOf(async () => {
    const { logGroups = [] } = await within(surroundings, (abortSignal) =>
      client.describeLogGroups({ logGroupNamePrefix: logGroupName }, { abortSignal }),
    );
    return logGroups.find((each) => each.logGroupName === logGroupName);
  });
}

function groupFindings(
  application: Application,
  group: LogGroup | undefined,
  filters?: readonly SubscriptionFilter[],
): Finding[] {
  if (group === undefined) return [absent(application)];
  return [
    finding('group', describeGroup(group, filters)),
    ...retentionOf(application, group),
    ...classOf(group),
  ];
}

function describeGroup(group: LogGroup, filters?: readonly SubscriptionFilter[]): string {
  const { logGroupName, retentionInDays, logGroupClass, kmsKeyId, deletionProtectionEnabled } = group;
  const parts = [
    `${logGroupName} exists`,
    retentionInDays === undefined ? 'keeps events for ever' : `keeps events for ${retentionInDays} days`,
    `class ${logGroupClass ?? 'STANDARD'}`,
    kmsKeyId === undefined ? 'the key of the service' : `key ${kmsKeyId}`,
    ...(deletionProtectionEnabled === true ? ['protected from deletion'] : []),
    ...(filters === undefined ? [] : [`${filters.length} subscription filters`]),
  ];
  return parts.join(', ');
}

function absent({ target: { logGroupName }, sink, settings }: Application): Finding {
  const define = `define it in the stack (CloudWatchLogging), or correct ${settings.placeOf('cloudwatch', 'logGroupName')}`;
  if (!sink.createLogGroup)
    return fault('group-missing', `${logGroupName} does not exist, and createLogGroup is off`, define);
  const message = `${logGroupName} does not exist; the sink will try to create it, for which a role of the construct has no right`;
  return fault('group-created', message, define);
}

/** The sink judges the age of events by the retention of its settings. */
function retentionOf({ sink, settings }: Application, { retentionInDays }: LogGroup): Finding[] {
  const expected = sink.retentionInDays;
  if (expected === undefined || expected === retentionInDays) return [];
  const place = settings.placeOf('cloudwatch', 'retentionInDays');
  const actual =
    retentionInDays === undefined ? 'keeps events for ever' : `keeps events for ${retentionInDays} days`;
  return [
    fault(
      'group-retention',
      `${place} is ${expected}, and the group ${actual}`,
      `set ${place}=${retentionInDays ?? ''}`.replace(/set (\S+)=$/, 'remove $1'),
    ),
  ];
}

/** Documented: of the class DELIVERY are logs that Lambda passes on to Amazon S3 or Firehose. */
function classOf({ logGroupClass = 'STANDARD' }: LogGroup): Finding[] {
  if (logGroupClass === 'STANDARD') return [];
  const lack =
    logGroupClass === 'DELIVERY'
      ? 'keeps events for a day and answers no queries'
      : 'has no metric filters, subscriptions and live tail';
  const fix = 'take a group of class STANDARD if that is not meant; the class of a group stays';
  return [fault('group-class', `a group of class ${logGroupClass} ${lack}`, fix)];
}
