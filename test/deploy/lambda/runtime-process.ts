import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What runs in an environment. */
export interface FunctionCode {
  /** The Node binary. */
  readonly node: string;
  /** Its major version. */
  readonly major: number;
  /** What makes Node run the runtime client. */
  readonly client: readonly string[];
  /** The folder of the bundled code. */
  readonly code: string;
  /** File and export, such as `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What Lambda says about an invocation beside its event. */
export interface InvocationHead {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly traceHeader: string;
  readonly tenantId?: string | undefined;
}

export const API = '/2018-06-01/runtime';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:function';

/** Starts the runtime client with the variables that Lambda sets. */
export function startRuntime(
  code: FunctionCode,
  api: Server,
  more: Record<string, string> = {},
): ChildProcess {
  return spawn(code.node, [...code.client], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      ...code.environment,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
      AWS_LAMBDA_FUNCTION_NAME: 'function',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/function',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
      AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${code.major}.x`,
      LAMBDA_TASK_ROOT: code.code,
      _HANDLER: code.handler,
      ...more,
    },
  });
}

/** Ends a process, a stopped one, too: SIGTERM, and SIGKILL if that was not enough. Resolves to its signal, or else to its code. */
export async function endRuntime(
  child: ChildProcess | undefined,
  killAfterMs: number,
): Promise<NodeJS.Signals | number | undefined> {
  if (child === undefined) return undefined;
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code, signal] = await ended;
  clearTimeout(timer);
  return signal ?? code ?? undefined;
}

export function invocationHeaders(invocation: InvocationHead): Record<string, string | number> {
  const { requestId, deadlineMs, traceHeader, tenantId } = invocation;
  return {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': requestId,
    'Lambda-Runtime-Deadline-Ms': deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': FUNCTION_ARN,
    'Lambda-Runtime-Trace-Id': traceHeader,
    ...(tenantId !== undefined && { 'Lambda-Runtime-Aws-Tenant-Id': tenantId }),
  };
}

/** A trace of its own, which X-Ray does not sample. */
export function newTraceHeader(): string {
  const [time, id] = [randomBytes(4).toString('hex'), randomBytes(12).toString('hex')];
  return `Root=1-${time}-${id};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}

export async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
