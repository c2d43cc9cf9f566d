import {
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from '../../local/server.js';
import { Failure } from '../failure.js';

const PROBE_MS = 1_000;
/** The status of a server with a page; what one without it answers to anything but a call. */
const OURS = /"endpoint":.*"exports":|^This is a local CloudWatch Logs server\./;

const ANOTHER = 'take another port, such as --port 0, any free one';

/**
 * @param hasCommand whether it serves one command, and nobody else
 * @throws Failure that says what to do, if the address cannot be had
 */
export async function startServer(
  options: LocalCloudWatchLogsOptions,
  hasCommand: boolean,
): Promise<LocalCloudWatchLogs> {
  try {
    return await startLocalCloudWatchLogs(options);
  } catch (error) {
    throw await explained(error as NodeJS.ErrnoException, options, hasCommand);
  }
}

async function explained(
  error: NodeJS.ErrnoException,
  { port = 0, host = '127.0.0.1', dataDirectory }: LocalCloudWatchLogsOptions,
  hasCommand: boolean,
): Promise<Error> {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure(await whoHas(port, host, hasCommand));
    case 'EACCES':
      return new Failure(`Port ${port} may not be opened by this user: take one above 1023 (--port).`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure(`--host ${host} is no address of this machine. For all of them: --host 0.0.0.0.`);
    default:
      return dataDirectory !== undefined && isRefusal(error) ? new Failure(error.message) : error;
  }
}

async function whoHas(port: number, host: string, hasCommand: boolean): Promise<string> {
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  const answer = await statusAt(url);
  if (!OURS.test(answer)) return `Port ${port} is taken by another program: end it, or ${ANOTHER}.`;
  const taken = `Port ${port} is taken by another fapilog-cloudwatch local (${url})`;
  if (hasCommand) return `${taken}. A command gets a server of its own: end the other one, or ${ANOTHER}.`;
  const lines = exportsIn(answer);
  const how = lines.length > 0 ? `, in a shell with these lines:\n${lines.join('\n')}` : '.';
  return `${taken}: end it, ${ANOTHER}, or use it${how}`;
}

/** What answers there, if anything does. */
async function statusAt(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/viewer/status`, { signal: AbortSignal.timeout(PROBE_MS) });
    return await response.text();
  } catch {
    return '';
  }
}

/** Without comments, which not every shell takes. */
function exportsIn(status: string): string[] {
  try {
    const { exports = [] } = JSON.parse(status) as { readonly exports?: readonly string[] };
    return exports.filter((line) => line.startsWith('export '));
  } catch {
    return [];
  }
}

/** The data directory refuses by plain errors, whose messages say what to do. */
function isRefusal(error: Error): boolean {
  return error.constructor === Error;
}
