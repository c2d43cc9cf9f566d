import type { CallLedger } from '../calls.js';
import type { Stores } from '../store/stores.js';
import type { ServerStatus } from './answers.js';

/** What the status is made of. */
export interface StatusSources {
  readonly endpoint: string;
  readonly stores: Stores;
  readonly ledger: CallLedger;
  readonly nowMs: number;
}

export function serverStatus({ endpoint, stores, ledger, nowMs }: StatusSources): ServerStatus {
  return {
    endpoint,
    exports: exportsFor(endpoint),
    calls: ledger.opened,
    events: stores.count,
    evicted: stores.evicted,
    lastRefusal: lastRefusal(ledger),
    nowMs,
  };
}

/** Variables with which the SDKs, the AWS CLI and the sink find this server. */
function exportsFor(endpoint: string): string[] {
  return [
    `export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${endpoint}`,
    'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1',
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
    'export AWS_DISABLE_HOST_PREFIX_INJECTION=true',
  ];
}

function lastRefusal({ lastRefused }: CallLedger): ServerStatus['lastRefusal'] {
  if (lastRefused?.errorName === undefined) return undefined;
  const { operation, errorName, errorMessage = '' } = lastRefused;
  return { operation, errorName, message: errorMessage };
}
