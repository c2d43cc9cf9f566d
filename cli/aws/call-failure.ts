import { adviceFor } from '../../runtime/send/advice.js';
import { Failure } from '../failure.js';
import type { Connection } from './connection.js';

/** A call that failed, for the one who typed the command. */
export interface FailedCommandCall {
  readonly operation: string;
  readonly logGroupName?: string | undefined;
  readonly connection: Pick<Connection, 'region' | 'endpointUrl'>;
}

/** One line for a failed call: what was asked, what the answer was, and what mends it. An error that is no answer goes on as it is. */
export function callFailure(
  error: unknown,
  { operation, logGroupName, connection }: FailedCommandCall,
): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  const { code, $metadata } = error as Error & {
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const reason = code ?? error.name;
  const advice = adviceFor({
    operation,
    target: { logGroupName: logGroupName ?? '', logStreamName: '' },
    reason,
    message: error.message,
    status: $metadata?.httpStatusCode,
    surroundings: { ...connection, env: process.env, skewMs: 0 },
  });
  if (advice === undefined && $metadata === undefined && code === undefined) return error;
  const what = `${operation}${logGroupName === undefined ? '' : ` of ${logGroupName}`} in ${connection.region}`;
  return new Failure(
    `${what}: ${reason}: ${error.message.split('\n', 1)[0]}${advice === undefined ? '' : `. Mend: ${advice}`}`,
  );
}
