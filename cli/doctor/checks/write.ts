import { partitionOf } from '../../../contract/partition.js';
import { describeError, messageOf, traits } from '../../../runtime/send/verdict.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding, type PolicyStatement } from '../finding.js';
import { hindranceTo } from '../service-client.js';
import { trialTarget, trialWrite, type FailedCall, type Trial } from '../trial-write.js';

/** One real log event, if it is asked for: only the service knows what a role may write. */
export const writeCheck: Check = {
  name: 'Write',
  async run(application) {
    const { isDelivering, target, surroundings } = application;
    if (!isDelivering || target.logGroupName === '') return [];
    if (!surroundings.write)
      return [
        finding('write-skipped', 'nothing was written; --write writes one log event to a stream of its own'),
      ];
    const hindrance = await hindranceTo(application);
    if (hindrance !== undefined) return [finding('write-skipped', hindrance)];
    return [await judged(application, await tried(application))];
  },
};

/** A role may allow the one stream of the settings only, as the construct's does; and that one may be there already, where no other may be made. */
async function tried(application: Application): Promise<Trial> {
  const trial = await trialWrite(application, trialTarget(application));
  const isOnlyOfStream =
    trial.failed !== undefined && (isAccessDenied(trial.failed) || isMissing(trial.failed));
  if (!isOnlyOfStream || application.sink.logStreamName === undefined) return trial;
  return trialWrite(application, application.target);
}

async function judged(application: Application, { target, answer, failed }: Trial): Promise<Finding> {
  const place = `log stream ${target.logStreamName} of ${target.logGroupName}`;
  if (failed !== undefined) return failedFinding(application, { target, failed });
  const { requestId, rejectedLogEventsInfo: rejected } = answer ?? {};
  if (rejected !== undefined)
    return fault(
      'write-discarded',
      `the service took the call and discarded the event: ${JSON.stringify(rejected)}`,
      'set the clock of this machine, and see the retention of the log group',
    );
  if (requestId === undefined)
    return fault(
      'write-failed',
      `${place}: the answer has no request id`,
      await application.adviceOn('PutLogEvents', { name: 'Unknown' }),
    );
  return finding('write', `one log event is in the ${place} (request ${requestId})`);
}

interface FailedTrial {
  readonly target: Trial['target'];
  readonly failed: FailedCall;
}

async function failedFinding(application: Application, { target, failed }: FailedTrial): Promise<Finding> {
  const { operation, error } = failed;
  const { reason } = traits(error);
  const message = `${operation} on ${target.logGroupName}: ${describeError(reason, messageOf(error))}`;
  const fix = await application.adviceOn(operation, error);
  if (isAccessDenied(failed)) {
    const own = `log-stream:${target.logStreamName}`;
    const all = `log-stream:${streamPattern(application)}`;
    return fault('write-refused', message, fix.replaceAll(own, all), await statementFor(application, failed));
  }
  if (reason.startsWith('Throttl')) return fault('write-throttled', message, fix);
  if (isMissing(failed)) return fault('write-missing', message, fix);
  return fault(isOfCaller(reason) ? 'caller-refused' : 'write-failed', message, fix);
}

function isAccessDenied({ error }: FailedCall): boolean {
  return /^(AccessDenied|NotAuthorized)/.test(traits(error).reason);
}

function isMissing({ error }: FailedCall): boolean {
  return traits(error).reason === 'ResourceNotFoundException';
}

function isOfCaller(reason: string): boolean {
  return /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/.test(
    reason,
  );
}

/** What the construct grants to a writer with these settings. */
async function statementFor(
  application: Application,
  { operation, error }: FailedCall,
): Promise<PolicyStatement> {
  const { sink, target } = application;
  const { region } = await application.way();
  const place = 'value' in region ? region.value : '*';
  const [, account = '*'] = /on resource: arn:[^:]+:logs:[^:]*:(\d{12}):/.exec(messageOf(error)) ?? [];
  const group = `arn:${partitionOf(place).name}:logs:${place}:${account}:log-group:${target.logGroupName}`;
  if (operation === 'CreateLogGroup' || operation === 'PutRetentionPolicy')
    return { Effect: 'Allow', Action: [`logs:${operation}`], Resource: group };
  const Action = sink.createLogStream ? ['logs:CreateLogStream', 'logs:PutLogEvents'] : ['logs:PutLogEvents'];
  return { Effect: 'Allow', Action, Resource: `${group}:log-stream:${streamPattern(application)}` };
}

/** The streams that the sink writes, not that of the doctor. */
function streamPattern({ sink }: Application): string {
  return sink.logStreamName ?? `${sink.logStreamPrefix ?? ''}*`;
}
