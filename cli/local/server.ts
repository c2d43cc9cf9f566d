import {
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from '../../local/server.js';
import { Failure } from '../failure.js';

const PROBE_MS = 1_000;
/** The status of a server with a page; what one without it answers to anything but a call. */
const OURS = /"endpoint":.*"exports":|^This is a local CloudWatch Logs server\./;

const ANOTHER = 'or take another port, such as --port 0, any free one';

/** @throws Failure that says what to do, if the address cannot be had */
export async function startServer(options: LocalCloudWatchLogsOptions): Promise<LocalCloudWatchLogs> {
  try {
    return await startLocalCloudWatchLogs(options);
  } catch (error) {
    throw await explained(error as NodeJS.ErrnoException, options);
  }
}

async function explained(
  error: NodeJS.ErrnoException,
  { port = 0, host = '127.0.0.1', dataDirectory }: LocalCloudWatchLogsOptions,
): Promise<Error> {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure(await whoHas(port, host));
    case 'EACCES':
      return new Failure(`Port ${port} may not be opened by this user: take one above 1023 (--port).`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure(`--host ${host} is no address of this machine. For all of them: --host 0.0.0.0.`);
    default:
      return dataDirectory !== undefined && isRefusal(error) ? new Failure(error.message) : error;
  }
}

async function whoHas(port: number, host: string): Promise<string> {
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  return (await isOurs(url))
    ? `Port ${port} is taken by another fapilog-cloudwatch local: use that one (${url}), end it, ${ANOTHER}.`
    : `Port ${port} is taken by another program: end it, ${ANOTHER}.`;
}

/** Whether a local server of this package answers there. */
async function isOurs(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/viewer/status`, { signal: AbortSignal.timeout(PROBE_MS) });
    return OURS.test(await response.text());
  } catch {
    return false;
  }
}

/** The data directory refuses by plain errors, whose messages say what to do. */
function isRefusal(error: Error): boolean {
  return error.constructor === Error;
}
