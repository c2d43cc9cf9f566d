import type { CallLedger } from '../calls.js';
import type { Stores } from '../store/stores.js';
import type { ServerStatus } from './answers.js';

/** What the status is made of. */
export interface StatusSources {
  readonly endpoint: string;
  /** Region that programs are told to call. */
  readonly region: string;
  readonly stores: Stores;
  readonly ledger: CallLedger;
  readonly nowMs: number;
}

export function serverStatus({ endpoint, region, stores, ledger, nowMs }: StatusSources): ServerStatus {
  return {
    endpoint,
    exports: exportsFor(endpoint, region),
    calls: ledger.opened,
    events: stores.count,
    evicted: stores.evicted,
    lastRefusal: lastRefusal(ledger),
    nowMs,
  };
}

/** Variables with which the SDKs, the AWS CLI and the sink find this server. */
function exportsFor(endpoint: string, region: string): string[] {
  return [
    `export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${endpoint}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    'export AWS_DISABLE_HOST_PREFIX_INJECTION=true',
    '# Without keys of your own:',
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
  ];
}

function lastRefusal({ lastRefused }: CallLedger): ServerStatus['lastRefusal'] {
  if (lastRefused?.errorName === undefined) return undefined;
  const { operation, errorName, errorMessage = '' } = lastRefused;
  return { operation, errorName, message: errorMessage };
}
