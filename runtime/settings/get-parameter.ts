import { systemClock } from '../io/clock.js';
import { requireFrom } from '../io/late-modules.cjs';
import { afterLoopTime } from '../io/loop-timer.js';
import { untraced } from '../io/open-telemetry.js';
import { packageFolders } from '../io/package-folders.js';

export interface ParameterRequest {
  /** The name of an SSM parameter, or its ARN. */
  readonly name: string;
  /** @default - what the AWS SDK finds */
  readonly region?: string | undefined;
  /** @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** @default '@aws-sdk/client-ssm' */
  readonly client?: string | undefined;
}

/** The text of a parameter, secret if it is a SecureString; or why it could not be read. */
export type ParameterAnswer =
  | { readonly text: string; readonly isSecret: boolean }
  | { readonly error: { readonly name: string; readonly message: string } };

export const SSM_CLIENT = '@aws-sdk/client-ssm';
export const TIMEOUT_MS = 10_000;

/** The parts of the client that are used here. An application without it must build all the same, so nothing imports it. */
interface SsmModule {
  readonly SSMClient: new (config: { readonly region?: string }) => SsmClient;
  readonly GetParameterCommand: new (input: {
    readonly Name: string;
    readonly WithDecryption: boolean;
  }) => object;
}

interface SsmClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<SsmAnswer>;
  destroy(): void;
}

interface SsmAnswer {
  readonly Parameter: { readonly Value: string; readonly Type: string };
}

/** Reads a parameter. Never rejects. */
export async function getParameter(request: ParameterRequest): Promise<ParameterAnswer> {
  const { timeoutMs = TIMEOUT_MS, client = SSM_CLIENT } = request;
  try {
    const ssm = requireFrom(client, packageFolders()) as SsmModule | undefined;
    if (!ssm) return failed('MODULE_NOT_FOUND', `Cannot find module '${client}'`);
    const { Parameter } = await answerOf(ssm, request, timeoutMs);
    return { text: Parameter.Value, isSecret: Parameter.Type === 'SecureString' };
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    if (name === 'TimeoutError') return timedOut(timeoutMs);
    return failed(code ?? name, message.split('\n', 1)[0]!);
  }
}

export function failed(name: string, message: string): ParameterAnswer {
  return { error: { name, message } };
}

export function timedOut(timeoutMs: number): ParameterAnswer {
  return failed('Timeout', `no answer within ${timeoutMs} ms`);
}

async function answerOf(
  { SSMClient, GetParameterCommand }: SsmModule,
  { name, region }: ParameterRequest,
  timeoutMs: number,
): Promise<SsmAnswer> {
  const abort = new AbortController();
  const { signal: abortSignal } = abort;
  const timer = afterLoopTime(systemClock, timeoutMs, () => abort.abort(timeoutError()));
  const ssm = new SSMClient(region === undefined ? {} : { region });
  const command = new GetParameterCommand({ Name: name, WithDecryption: true });
  try {
    return await untraced(() => Promise.race([ssm.send(command, { abortSignal }), rejection(abortSignal)]));
  } finally {
    timer.cancel();
    ssm.destroy();
  }
}

function timeoutError(): Error {
  return Object.assign(new Error(), { name: 'TimeoutError' });
}

/** Rejects when the signal aborts: the client does not heed the signal while it looks for credentials. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
