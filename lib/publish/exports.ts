import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { shown } from '../../contract/problems.js';
import type { StreamOptions } from '../define/bind-options.js';
import { STREAM_OPTIONS } from '../define/writer-option-names.js';
import type { OptionNames } from '../option-names.js';
import { dotEnvValue } from '../../contract/quoting.js';
import { userDataCommands } from './user-data.js';

/** Options of a writer that gets its variables by other means than {@link ICloudWatchLogging.bindTo}. */
export interface ExportOptions extends StreamOptions {
  /**
   * Whether the writer assumes the writer role with credentials of its own. A writer in another account or outside AWS
   * needs this.
   *
   * @default false
   */
  readonly assumeRole?: boolean | undefined;
}

/** Options of a machine that starts with user data. */
export interface UserDataOptions extends ExportOptions {
  /**
   * Operating system that runs the commands: Linux or Windows.
   *
   * @default ec2.OperatingSystemType.LINUX
   */
  readonly operatingSystem?: ec2.OperatingSystemType | undefined;
}

export const EXPORT_OPTIONS: OptionNames<ExportOptions> = { ...STREAM_OPTIONS, assumeRole: true };

export const USER_DATA_OPTIONS: OptionNames<UserDataOptions> = { ...EXPORT_OPTIONS, operatingSystem: true };

/** A variable in the form that `AWS::CodeBuild::Project`, `AWS::AppRunner::Service` and others take. */
export interface KeyValuePair {
  /** Name of the variable. */
  readonly name: string;
  /** Value of the variable. */
  readonly value: string;
}

export function keyValuePairs(variables: Readonly<Record<string, string>>): KeyValuePair[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

/** @throws Error if the system is neither Linux nor Windows */
export function userData(
  variables: Readonly<Record<string, string>>,
  system: ec2.OperatingSystemType,
): string {
  if (system !== ec2.OperatingSystemType.LINUX && system !== ec2.OperatingSystemType.WINDOWS) {
    throw new Error(
      `operatingSystem is ${ec2.OperatingSystemType[system] ?? shown(system)}; allowed: ec2.OperatingSystemType.LINUX or WINDOWS, whose commands differ`,
    );
  }
  return userDataCommands(variables, system).join('\n');
}

/** @throws Error for a value that readers of such files parse differently */
export function dotEnv(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${dotEnvValue(name, value)}`);
  return `${lines.join('\n')}\n`;
}
