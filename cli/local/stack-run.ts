import { CONFIG_SSM_VARIABLE } from '../../contract/unknown-variable.js';
import { switchedFaults, type SwitchedFault } from '../../local/faults/switchable-faults.js';
import type { LocalCloudWatchLogs } from '../../local/server.js';
import { Account, accountText, type GroupAccount } from './account.js';
import { type Announcement, announcementOf } from './announcement.js';
import type { Caller } from './caller.js';
import { runCommand } from './child.js';
import { lossLines } from './loss-lines.js';
import { chooseProgram, type ProgramChoice } from './program.js';
import { injectedVariables, writesToStdout, programEnvironment } from './program-environment.js';
import { provision, type Provisioned } from './provision.js';
import { SettledCalls } from './settled-calls.js';
import { openStack, type StackPlace } from './stack.js';

export interface StackOptions extends ProgramChoice, StackPlace {
  readonly fault?: readonly SwitchedFault[] | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Runs a command as if the stack were deployed, and says at the end what arrived. What is said goes to stderr: stdout is the
 * command's.
 *
 * @returns the exit status of the command
 * @throws Failure if the template, the choice or the command cannot be used
 */
export async function runStack(
  path: string,
  command: readonly string[],
  options: StackOptions,
  start: (region: string) => Promise<LocalCloudWatchLogs>,
): Promise<number> {
  const env = { ...process.env };
  const { resolver, caller } = openStack(path, options, env);
  const injected = injectedVariables(resolver, chooseProgram(resolver, options), env);
  const server = await start(caller.region);
  try {
    const { endpoint } = server;
    const provisioned = await provision(endpoint, caller, resolver, injected);
    const environment = programEnvironment(injected, { env, endpoint, caller });
    const announcement = {
      ...announcementOf(endpoint, caller, env),
      unset: environment.leftOut,
      ...provisioned,
      settingsParameter: environment.env[CONFIG_SSM_VARIABLE],
      writesToStdout: writesToStdout(injected),
    };
    report(options.json ? JSON.stringify(announcement) : announcementText(announcement));
    server.inject(...switchedFaults(options.fault ?? []));
    const account = new Account();
    // Those before it provisioned the log groups.
    const calls = new SettledCalls(
      () => server.calls,
      (call) => account.enter(call),
    );
    const status = await runCommand(command, environment.env);
    calls.end();
    report(await accountOf(account, server, caller, options));
    return status;
  } finally {
    await server.close();
  }
}

interface StackAnnouncement extends Announcement, Provisioned {
  /** Name of the parameter from which the program reads settings. */
  readonly settingsParameter: string | undefined;
  /** Whether the program leaves its lines to whoever reads its standard output. */
  readonly writesToStdout: boolean;
}

function announcementText(announcement: StackAnnouncement): string {
  const { viewer, region, unset, logGroupNames, adopted, settingsParameter } = announcement;
  const groups = [...logGroupNames, ...(adopted === undefined ? [] : [adopted])].join(', ');
  const notes = [
    `page: ${viewer}`,
    `log groups in ${region}: ${groups}`,
    settingsParameter !== undefined &&
      `the program reads ${CONFIG_SSM_VARIABLE}, the SSM parameter ${settingsParameter}, from AWS: it is not here`,
    announcement.writesToStdout &&
      'the program writes its lines to standard output, from where Lambda delivers them: none arrives here',
    adopted !== undefined && `${adopted} is not in the template: made empty, as if another stack had it`,
    unset.length > 0 && `left out, because they lead calls to AWS: ${unset.join(', ')}`,
  ];
  return notes.filter((note) => note !== false).join('\n');
}

async function accountOf(
  { groups }: Account,
  server: LocalCloudWatchLogs,
  caller: Caller,
  { json }: StackOptions,
): Promise<string> {
  server.clearFaults();
  const names = groups.map(({ logGroupName }) => logGroupName).filter((name) => name !== '');
  const losses = await lossLines(server.endpoint, caller, names);
  const { filters } = server;
  return json === true
    ? JSON.stringify({ account: plain(groups), losses, filters })
    : accountText(groups, losses, filters);
}

function plain(groups: readonly GroupAccount[]): unknown {
  return groups.map(({ logGroupName, streams, failures }) => ({
    logGroupName,
    streams: [...streams.values()].map(({ logStreamName, created, calls, stored, rejected }) => ({
      logStreamName,
      created,
      calls,
      stored,
      rejected,
    })),
    failures: Object.fromEntries(failures),
  }));
}

function report(text: string): void {
  process.stderr.write(`${text.replaceAll(/^/gm, text.startsWith('{') ? '' : 'fapilog-cloudwatch: ')}\n`);
}
