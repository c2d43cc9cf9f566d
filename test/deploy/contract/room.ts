import { randomUUID } from 'node:crypto';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';

/** The only log groups that the contract suite touches, on whatever server. */
const PREFIX = '/fapilog-cloudwatch-test/';

export const STREAM = 'stream-1';

/** What a server answered: its output, or `Name STATUS: message` if it refused. */
export type Outcome = Readonly<Record<string, unknown>> | string;

type Command = ConstructorParameters<typeof sdk.PutLogEventsCommand>[0];
type Commands = Readonly<Record<string, new (input: Command) => sdk.PutLogEventsCommand>>;

/** What goes over the wire instead of what the client made of the input. */
export interface Wire {
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A log group of one test: what is called for, and what a call did. */
export class Room {
  readonly group = `${PREFIX}${randomUUID()}`;
  readonly nowMs = Date.now();
  readonly #client: sdk.CloudWatchLogs;

  constructor(client: sdk.CloudWatchLogs) {
    this.#client = client;
  }

  get target(): { logGroupName: string; logStreamName: string } {
    return { logGroupName: this.group, logStreamName: STREAM };
  }

  /** With its group and stream. */
  async furnish(): Promise<void> {
    await this.call('CreateLogGroup', { logGroupName: this.group });
    await this.call('CreateLogStream', this.target);
  }

  /**
   * An event for each offset from now, in milliseconds, or its message with it. The outcome is without the token of
   * the next call: it means nothing, and a server may leave it out.
   */
  async put(...events: readonly (number | readonly [number, string])[]): Promise<Outcome> {
    const pairs = events.map((event) => (typeof event === 'number' ? ([event, 'line'] as const) : event));
    const logEvents = pairs.map(([offsetMs, message]) => ({ timestamp: this.nowMs + offsetMs, message }));
    const outcome = await this.call('PutLogEvents', { ...this.target, logEvents });
    if (typeof outcome === 'string') return outcome;
    const { nextSequenceToken: _token, ...rest } = outcome;
    return rest;
  }

  /** The messages that a read operation finds, in its order; its refusal, if it refuses. */
  async read(
    operation: 'GetLogEvents' | 'FilterLogEvents',
    input: object = {},
  ): Promise<readonly string[] | string> {
    const target = operation === 'GetLogEvents' ? this.target : { logGroupName: this.group };
    const outcome = await this.call(operation, { ...target, ...input });
    return typeof outcome === 'string'
      ? outcome
      : listOf(outcome, 'events').map(({ message }) => message ?? '');
  }

  /** The names that a Describe operation finds; its refusal, if it refuses. */
  async names(
    operation: 'DescribeLogGroups' | 'DescribeLogStreams',
    input: object = {},
  ): Promise<readonly string[] | string> {
    const isOfGroups = operation === 'DescribeLogGroups';
    const target = isOfGroups ? {} : { logGroupName: this.group };
    const outcome = await this.call(operation, { ...target, ...input });
    if (typeof outcome === 'string') return outcome;
    return isOfGroups
      ? listOf(outcome, 'logGroups').map(({ logGroupName = '' }) => logGroupName.replace(this.group, 'GROUP'))
      : listOf(outcome, 'logStreams').map(({ logStreamName = '' }) => logStreamName);
  }

  /** The client signs and sends the input as it is, legal or not. */
  async call(operation: string, input: object, wire: Wire = {}): Promise<Outcome> {
    const Operation = (sdk as unknown as Commands)[`${operation}Command`];
    if (Operation === undefined) throw new Error(`the client has no ${operation}`);
    const command = new Operation(input as Command);
    command.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: object }).headers, wire.headers);
        if (wire.body !== undefined) Object.assign(args.request as object, { body: wire.body });
        return next(args);
      },
      { step: 'build', priority: 'high' },
    );
    return this.#client.send(command).then(
      ({ $metadata: _metadata, ...output }) => output as Outcome,
      ({ name, message, $metadata }: Error & { $metadata?: { httpStatusCode?: number } }) =>
        `${name} ${$metadata?.httpStatusCode}: ${message.replaceAll(this.group, 'GROUP')}`,
    );
  }

  /** Removes whatever has a name that starts with the group's. */
  async leave(): Promise<void> {
    const found = await this.call('DescribeLogGroups', { logGroupNamePrefix: this.group });
    if (typeof found === 'string') throw new Error(found);
    for (const { logGroupName = '' } of listOf(found, 'logGroups')) {
      await this.#unprotect(logGroupName);
      await this.call('DeleteLogGroup', { logGroupName });
    }
  }

  async #unprotect(logGroupIdentifier: string): Promise<void> {
    const input = { logGroupIdentifier, deletionProtectionEnabled: false };
    await this.call('PutLogGroupDeletionProtection', input);
  }
}

function listOf(outcome: Exclude<Outcome, string>, member: string): readonly Record<string, string>[] {
  return (outcome[member] ?? []) as readonly Record<string, string>[];
}
