import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { UserDataSystem } from '../publish/user-data.js';
import { firstLineOf } from './known-text.js';
import { isRunByShell } from './shell-script.js';

/** A command after which the shell runs no other. With a redirection alone, `exec` goes on. */
const LAST_COMMAND = /^(?:exit\b|exec\s+[^\s<>&{\d])/;

/** Length of the part of a first line that a message shows. */
const SHOWN_CHARACTERS = 40;

/** The script that commands are added to, or why they cannot be added. Both texts continue a message. */
export type UserDataScript =
  { readonly userData: ec2.UserData } | { readonly problem: string; readonly fix: string };

/**
 * Finds the script in user data. A machine takes user data in many formats, and commands at the end of another one than
 * a script break it, or are never run. Changes nothing.
 */
export function scriptIn(userData: ec2.UserData, system: UserDataSystem, scope: IConstruct): UserDataScript {
  if (system === ec2.OperatingSystemType.WINDOWS) return windowsScript(userData, scope);
  return 'addUserDataPart' in userData ? partIn(userData, scope) : shellScript(userData, scope);
}

const SHELL_FIX = 'begin it with the line of a shell, such as #!/bin/bash';

/** Types of parts that cloud-init runs as scripts. */
const SCRIPT_TYPE = /^text\/(?:x-shellscript|cloud-boothook)/i;

const PART_FIX =
  'give it one with addUserDataPart(ec2.UserData.forLinux(), ec2.MultipartBody.SHELL_SCRIPT, true)';

/** Cloud-init reads the format from the first line, and runs a script by the program that this line names. */
function shellScript(userData: ec2.UserData, scope: IConstruct): UserDataScript {
  const text = userData.render();
  const line = firstLineOf(text, scope);
  if (line === undefined) return { problem: 'user data is known to the deployment only', fix: SHELL_FIX };
  if (text === '') return { problem: 'user data is empty, so that its format is not known', fix: SHELL_FIX };
  if (!isRunByShell(line)) {
    return { problem: `user data begins with ${shown(line)} and is no shell script`, fix: formatFix(line) };
  }
  const end = lastCommandOf(text);
  if (!LAST_COMMAND.test(end)) return { userData };
  return {
    problem: `user data ends with ${shown(end)}, so that no later command runs`,
    fix: 'remove that line',
  };
}

/** Several formats can stand side by side in the parts of one message. A script with space before it is no script. */
function formatFix(line: string): string {
  const isIndented = /^\s*(?:#!|$)/.test(line) && !line.startsWith('#!');
  return isIndented
    ? SHELL_FIX
    : 'make it a part of ec2.MultipartUserData, with a shell script as the default part';
}

/** Members that CDK keeps private. Nothing public tells the default part, to which commands go. */
interface Multipart {
  readonly defaultUserData?: ec2.UserData;
  readonly parts?: readonly { readonly userData?: ec2.UserData; readonly contentType?: string }[];
}

function partIn(multipart: ec2.UserData, scope: IConstruct): UserDataScript {
  const { defaultUserData, parts = [] } = multipart as unknown as Multipart;
  if (!defaultUserData) return { problem: 'multipart user data has no default part', fix: PART_FIX };
  const type = parts.find(({ userData }) => userData === defaultUserData)?.contentType;
  if (type === undefined || SCRIPT_TYPE.test(type)) return shellScript(defaultUserData, scope);
  return { problem: `multipart user data has a default part of type ${shown(type)}`, fix: PART_FIX };
}

/** CDK's own user data keeps its closing tag at the end. Any other would get commands behind it. */
function windowsScript(userData: ec2.UserData, scope: IConstruct): UserDataScript {
  const text = userData.render();
  if (text.startsWith('<powershell>') && takesCommandsOnExit(userData)) return { userData };
  const line = firstLineOf(text, scope);
  const fix = 'build it with ec2.UserData.forWindows()';
  if (line === undefined) return { problem: 'user data is known to the deployment only', fix };
  return {
    problem: `user data begins with ${shown(line)} and was not made by ec2.UserData.forWindows()`,
    fix,
  };
}

/** Adds no command. CDK's user data with a text of the user's own throws. */
function takesCommandsOnExit(userData: ec2.UserData): boolean {
  try {
    userData.addOnExitCommands();
    return true;
  } catch {
    return false;
  }
}

function lastCommandOf(text: string): string {
  return text.trimEnd().split('\n').at(-1)!;
}

function shown(line: string): string {
  const text = line.trimEnd();
  if (text === '') return 'an empty line';
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}
