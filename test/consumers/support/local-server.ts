import type { ChildProcess } from 'node:child_process';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Consumer } from './consumer.js';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const PRINTED = /^export (\w+)=(\S+)$/gm;

/** The local server as a consumer starts it: by the command of the package that it has installed. */
export class LocalServer {
  readonly #child: ChildProcess;
  /** The variables that the command prints for other shells. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #client: CloudWatchLogsClient;

  private constructor(child: ChildProcess, environment: Readonly<Record<string, string>>) {
    this.#child = child;
    this.environment = environment;
    this.#client = new CloudWatchLogsClient({
      region: environment['AWS_REGION']!,
      endpoint: this.endpoint,
      credentials: CREDENTIALS,
    });
  }

  /** @param options further ones of the command `local` */
  static async start(consumer: Consumer, ...options: string[]): Promise<LocalServer> {
    const command = ['node_modules/fapilog-cloudwatch/dist/cli/main.js', 'local', '--port', '0'];
    const child = consumer.start([...command, ...options]);
    const printed = await printedBy(child);
    return new LocalServer(
      child,
      Object.fromEntries([...printed.matchAll(PRINTED)].map(([, k, v]) => [k, v])),
    );
  }

  get endpoint(): string {
    return this.environment['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS']!;
  }

  /** The messages that a log group has, in their order, asked by the official client. */
  async stored(logGroupName: string): Promise<string[]> {
    const { events = [] } = await this.#client.send(new FilterLogEventsCommand({ logGroupName }));
    return events.map(({ message = '' }) => message);
  }

  async close(): Promise<void> {
    this.#client.destroy();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGTERM');
    await closed;
  }
}

/** Everything that the command printed until it said how it ends. */
function printedBy(child: ChildProcess): Promise<string> {
  const texts = { stdout: '', stderr: '' };
  return new Promise((resolve, reject) => {
    const addTo = (name: keyof typeof texts) => (more: string) => {
      texts[name] += more;
      // Two pipes: what was written first need not be read first.
      if (texts.stderr.includes('Ctrl-C') && texts.stdout.endsWith('\n')) resolve(texts.stdout);
    };
    child.stdout!.setEncoding('utf8').on('data', addTo('stdout'));
    child.stderr!.setEncoding('utf8').on('data', addTo('stderr'));
    child.once('close', () => reject(new Error(`the local server ended: ${texts.stdout}${texts.stderr}`)));
  });
}
