import { Command, InvalidArgumentError } from 'commander';
import { switchedFaults, type SwitchedFault } from '../../local/faults/switchable-faults.js';
import type { LocalCloudWatchLogs } from '../../local/server.js';
import { Failure } from '../failure.js';
import { announcementOf, HEADING, remarks, shellLines } from '../local/announcement.js';
import { callerIn } from '../local/caller.js';
import { parseFaults } from '../local/fault-option.js';
import { parseCount, parsePort, parseRate } from '../local/number-options.js';
import { collectAssignment, parseText } from '../text-option.js';

const DEFAULT_PORT = 4588;
const DEFAULT_MAX_EVENTS = 1_000_000;
/** A name, an IPv4 address, or an IPv6 address in brackets, as a URL has it. */
const HOST_NAME = /^(?:[\w.-]+|\[[\da-f:.]+\])$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** The options of `local`, as given. */
export interface LocalOptions {
  readonly port: number;
  readonly host: string;
  readonly allowedHost?: readonly string[];
  readonly region?: string;
  readonly data?: string;
  readonly maxEvents: number;
  readonly limitTps?: true | number;
  readonly fault?: readonly SwitchedFault[];
  readonly json?: boolean;
  readonly stack?: string;
  readonly function?: string;
  readonly container?: string;
  readonly parameter?: Readonly<Record<string, string>>;
}

const EXAMPLES = `
Examples:
  npx fapilog-cloudwatch local
  npx fapilog-cloudwatch local --port 0 --json --fault throttle=0.2
  npx fapilog-cloudwatch local --stack cdk.out
  npx fapilog-cloudwatch local --stack cdk.out --function Api -- node handler.js`;

export function localCommand(): Command {
  return new Command('local')
    .description(
      'Starts a CloudWatch Logs server on this machine, which refuses what the service refuses, and prints what to export. ' +
        'With --stack, it has the log groups of a synthesized template; with a command besides, it runs that with what the ' +
        'template injects, and says at the end what arrived.',
    )
    .argument('[command...]', 'command to run with --stack, after --')
    .passThroughOptions()
    .option('--port <port>', 'port to listen on; 0 takes any free one', parsePort, DEFAULT_PORT)
    .option(
      '--host <address>',
      'address to listen on; whoever reaches it can read and write the logs',
      parseText,
      '127.0.0.1',
    )
    .option('--allowed-host <name>', 'further name by which it may be called; repeatable', collectHost)
    .option(
      '--region <region>',
      'Region to print and to provision (default: of the stack, the environment or the profile)',
      parseText,
    )
    .option('--data <directory>', 'directory in which logs outlive the server', parseText)
    .option(
      '--max-events <number>',
      'most log events to hold; the first ones leave',
      parseCount,
      DEFAULT_MAX_EVENTS,
    )
    .option(
      '--limit-tps [number]',
      'limit calls a second of each operation: the quotas of the service, or this number',
      parseRate,
    )
    .option(
      '--fault <faults>',
      'faults that calls meet, such as throttle=0.2,latency=200ms,unavailable@*=10%',
      parseFaults,
    )
    .option('--json', 'print JSON, an object a line, for scripts')
    .option('--stack <template>', 'synthesized template, or cdk.out if it has only one')
    .option(
      '--function <id>',
      'Lambda function whose variables the command gets: its logical id, or the beginning',
      parseText,
    )
    .option(
      '--container <name>',
      'container of an ECS task whose variables it gets: NAME or TASK/NAME',
      parseText,
    )
    .option('--parameter <name=value>', 'value of a parameter of the template; repeatable', collectAssignment)
    .addHelpText('after', EXAMPLES)
    .action((command: string[], options: LocalOptions) => local(command, options));
}

async function local(command: readonly string[], options: LocalOptions): Promise<void> {
  checkTogether(command, options);
  if (!LOOPBACK.test(options.host)) warnOfReach(options.host);
  if (options.stack === undefined || command.length === 0) return serve(options);
  const { runStack } = await import('../local/stack-run.js');
  process.exitCode = await runStack(options.stack, command, options, (region) =>
    start(options, region, true),
  );
}

function checkTogether(
  command: readonly string[],
  { stack, function: name, container, parameter }: LocalOptions,
): void {
  const ofStack = { '--parameter': parameter && Object.keys(parameter)[0] };
  const ofCommand = { '--function': name, '--container': container };
  if (command[0] === '') throw new Failure('The command after -- is blank.');
  if (stack === undefined && command.length > 0)
    throw new Failure(
      `A command ("${command.join(' ')}") needs --stack TEMPLATE. Or start the server alone, and the program in a second shell.`,
    );
  const stray =
    stack === undefined ? { ...ofCommand, ...ofStack } : command[0] === undefined ? ofCommand : {};
  const [given] = Object.entries(stray).find(([, value]) => value !== undefined) ?? [];
  if (given === undefined) return;
  throw new Failure(
    stack === undefined
      ? `${given} needs --stack TEMPLATE.`
      : `${given} needs a command to run: local --stack TEMPLATE ${given} NAME -- npm start`,
  );
}

/** Serves until somebody ends it; with a stack, with its log groups. */
async function serve(options: LocalOptions): Promise<void> {
  const stack = options.stack === undefined ? undefined : await stackAt(options.stack, options);
  const caller = stack?.caller ?? callerIn(process.env, options);
  const server = await start(options, caller.region);
  const provisioned = await stack?.provision(server.endpoint).catch((error: unknown) => {
    void server.close();
    throw error;
  });
  server.inject(...switchedFaults(options.fault ?? []));
  // Who reads that it runs may end it at once.
  const asked = endAsked();
  const announcement = { ...announcementOf(server.endpoint, caller, process.env), ...provisioned };
  if (options.json) console.log(JSON.stringify(announcement));
  else {
    console.error(HEADING);
    console.log(shellLines(announcement));
    console.error(`${remarks(announcement)}\n# Ctrl-C ends it, and ${endOf(options)}.`);
  }
  await asked;
  await server.close();
}

/** Templates are read for this choice alone. */
async function stackAt(path: string, options: LocalOptions) {
  const [{ openStack }, { provision }] = await Promise.all([
    import('../local/stack.js'),
    import('../local/provision.js'),
  ]);
  const { caller, resolver } = openStack(path, options, process.env);
  return { caller, provision: (endpoint: string) => provision(endpoint, caller, resolver, {}) };
}

function endOf({ data }: LocalOptions): string {
  return data === undefined ? 'what is stored is gone' : `what is stored stays in ${data}`;
}

/** The server is loaded for this command alone. */
async function start(
  options: LocalOptions,
  region: string,
  hasCommand = false,
): Promise<LocalCloudWatchLogs> {
  const { startServer } = await import('../local/server.js');
  const { port, data, maxEvents, limitTps } = options;
  return startServer(
    { port, ...reachOf(options), region, dataDirectory: data, maxEvents, limitTps, onNotice },
    hasCommand,
  );
}

/** Where it listens, and the names by which it may be called there. */
function reachOf({ host, allowedHost = [] }: LocalOptions): {
  host: string;
  allowedHosts: readonly string[];
} {
  return { host, allowedHosts: [...allowedHost, host.includes(':') ? `[${host}]` : host] };
}

function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function warnOfReach(host: string): void {
  process.stderr.write(
    `warning: whoever reaches ${host} can read and write these logs; there is no password. Give --allowed-host NAME for ` +
      'the name by which others call it.\n',
  );
}

function collectHost(name: string, previous: readonly string[] = []): string[] {
  if (!HOST_NAME.test(name))
    throw new InvalidArgumentError('Allowed: a host name or an address, without scheme, port and path.');
  return [...previous, name];
}

function onNotice(line: string): void {
  process.stderr.write(`fapilog-cloudwatch: ${line}\n`);
}
