import { type Caller, callerVariables, divertingVariables, type Variables } from './caller.js';
import type { Provisioned } from './provision.js';

export interface Announcement {
  readonly endpoint: string;
  /** Address of the page. */
  readonly viewer: string;
  readonly region: string;
  /** Variables to set. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables to unset, because they would lead calls to AWS. */
  readonly unset: readonly string[];
  readonly pid: number;
}

export function announcementOf(endpoint: string, caller: Caller, env: Variables): Announcement {
  return {
    endpoint,
    viewer: `${endpoint}/`,
    region: caller.region,
    environment: callerVariables(endpoint, caller),
    unset: divertingVariables(env),
    pid: process.pid,
  };
}

export const HEADING = '# CloudWatch Logs on this machine. Paste into another shell:';

/** Lines for a shell, ready to paste as a whole. Not all shells take a comment: zsh does not, as it comes. */
export function shellLines(
  { environment, unset }: Pick<Announcement, 'environment' | 'unset'>,
  platform = process.platform,
): string {
  const isPowerShell = platform === 'win32';
  const set = Object.entries(environment).map(([name, value]) =>
    isPowerShell ? `$env:${name} = '${value}'` : `export ${name}=${value}`,
  );
  const remove = unset.map((name) => (isPowerShell ? `Remove-Item Env:${name}` : `unset ${name}`));
  return [...set, ...remove].join('\n');
}

/** What is told besides. */
export function remarks({ viewer, logGroupNames }: Announcement & Partial<Provisioned>): string {
  return `${logGroupsLine(logGroupNames)}\n# Page: ${viewer}`;
}

function logGroupsLine(names: readonly string[] | undefined): string {
  return names === undefined
    ? '# The sink needs the name of a log group, too, and creates it: FAPILOG_CLOUDWATCH__LOG_GROUP_NAME=/myapp/local'
    : `# Log groups of the stack: ${names.join(', ')}. What a program of it has besides: fapilog-cloudwatch env --template`;
}
