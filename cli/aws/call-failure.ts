import { describeError, messageOf } from '../../runtime/send/verdict.js';
import { Failure } from '../failure.js';
import { commandAdvice } from './command-advice.js';
import type { Connection } from './connection.js';

/** A call that failed, for the one who typed the command. */
export interface FailedCommandCall {
  readonly operation: string;
  readonly logGroupName?: string | undefined;
  readonly connection: Pick<Connection, 'region' | 'endpointUrl'>;
}

/** What errors of the SDK and of Node.js have. */
interface CallError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** One line for a failed call: what was asked, what the answer was, and what mends it. An error that is no answer goes on as it is. */
export function callFailure(error: unknown, call: FailedCommandCall): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  const { code, $metadata } = error as CallError;
  const advice = adviceOf(error, call);
  if (advice === undefined && $metadata === undefined && code === undefined) return error;
  const mend = advice === undefined ? '' : `. Mend: ${advice}`;
  return new Failure(`${whatOf(call)}: ${answerOf(error)}${mend}`);
}

/** The name and the text of an error, in one line. */
export function answerOf(error: Error): string {
  return describeError(reasonOf(error), messageOf(error)).replace(/\.$/, '');
}

/** The code of an error of the network, else the name of the answer. */
export function reasonOf(error: Error): string {
  return (error as CallError).code ?? error.name;
}

function adviceOf(error: Error, { operation, logGroupName = '', connection }: FailedCommandCall) {
  return commandAdvice({
    operation,
    target: { logGroupName, logStreamName: '' },
    reason: reasonOf(error),
    message: messageOf(error),
    status: (error as CallError).$metadata?.httpStatusCode,
    surroundings: {
      region: connection.region,
      endpointUrl: connection.endpointUrl,
      env: process.env,
      skewMs: 0,
    },
  });
}

function whatOf({ operation, logGroupName, connection }: FailedCommandCall): string {
  return `${operation}${logGroupName === undefined ? '' : ` of ${logGroupName}`} in ${connection.region}`;
}
