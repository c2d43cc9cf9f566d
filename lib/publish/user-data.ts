import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { powerShellString, shellWord } from '../../contract/quoting.js';

/** Operating systems with known commands. */
export type UserDataSystem = ec2.OperatingSystemType.LINUX | ec2.OperatingSystemType.WINDOWS;

/** Systemd (`EnvironmentFile=`) and shells read it. */
const ENVIRONMENT_FILE = '/etc/fapilog-cloudwatch.env';

/**
 * Commands that set variables when a machine starts: on Linux for the rest of the user data and, in
 * `/etc/fapilog-cloudwatch.env`, for services; on Windows for the machine.
 */
export function userDataCommands(
  variables: Readonly<Record<string, string>>,
  system: UserDataSystem,
): string[] {
  const entries = Object.entries(variables);
  if (system === ec2.OperatingSystemType.WINDOWS)
    return entries.flatMap(([name, value]) => onWindows(name, value));
  const lines = entries.map(([name, value]) => shellWord(`${name}=${shellWord(value)}`));
  return [
    ...entries.map(([name, value]) => `export ${name}=${shellWord(value)}`),
    `printf '%s\\n' ${lines.join(' ')} >> ${ENVIRONMENT_FILE}`,
  ];
}

/** Sets a variable for this process and for those that start later. */
function onWindows(name: string, value: string): string[] {
  const text = powerShellString(value);
  return [`[Environment]::SetEnvironmentVariable('${name}', ${text}, 'Machine')`, `$env:${name} = ${text}`];
}
