import { invalidParameter } from '../service-error.js';

interface Destination {
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
}

/** Whether a destination of a service needs the ARN of a role. */
const ROLES: Readonly<Record<string, 'needed' | 'refused' | 'allowed'>> = {
  kinesis: 'needed',
  firehose: 'needed',
  lambda: 'refused',
  logs: 'allowed',
};

/**
 * Checks services and roles (documented; texts are reported), and that all but a logical destination, of `logs`, are in the
 * account of the log group (documented; the text is assumed). The destination itself is not looked up.
 */
export function checkDestination({ destinationArn, roleArn }: Destination, accountId: string): void {
  const [, , service = '', , account] = /^arn:[^:]+:.+:.*:.*:.+$/.test(destinationArn)
    ? destinationArn.split(':')
    : [];
  const role = Object.hasOwn(ROLES, service) ? ROLES[service]! : undefined;
  if (account === undefined) throw invalidParameter(`The destination ${destinationArn} is no ARN.`);
  if (role === undefined)
    throw invalidParameter(
      `PutSubscriptionFilter operation cannot work with destinationArn for vendor ${service}`,
    );
  if (role !== 'allowed' && (role === 'needed') !== (roleArn !== undefined))
    throw invalidParameter(
      `destinationArn for vendor ${service} cannot be used ${role === 'needed' ? 'without' : 'with'} roleArn`,
    );
  if (service !== 'logs' && account !== accountId)
    throw invalidParameter(
      `The destination is of account ${account}; one of ${service} must be of the log group's, ${accountId}.`,
    );
}
