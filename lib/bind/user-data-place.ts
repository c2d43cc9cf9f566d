import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { userDataCommands, type UserDataSystem } from '../publish/user-data.js';
import { estimatedBytes } from './known-text.js';
import type { Place } from './place.js';
import { scriptIn } from './user-data-script.js';

/** Source: EC2 user guide, "User data is limited to 16 KB, in raw form, before it is base64-encoded". */
const MAX_BYTES = 16_384;

/** A machine that starts with user data: an instance, an Auto Scaling group, a launch template. */
export interface IMachine extends IConstruct {
  readonly userData?: ec2.UserData | undefined;
  readonly osType?: ec2.OperatingSystemType | undefined;
  readonly role?: iam.IRole | undefined;
}

/**
 * The user data of a machine. Sets variables for the commands that follow. Exports of other commands cannot be read.
 *
 * @throws Error if synthesis does not know user data, operating system or role, or if commands cannot be added to user
 * data of this format; nothing is changed then
 */
export function userDataPlace(machine: IMachine): Place {
  const { userData, system } = knownPartsOf(machine);
  const script = scriptIn(userData, system, machine);
  if ('problem' in script) throw refusal(machine, script.problem, script.fix);
  return {
    construct: machine,
    memory: script.userData,
    read: () => undefined,
    write: (variables) => {
      if (Object.keys(variables).length > 0)
        script.userData.addCommands(...userDataCommands(variables, system));
    },
    review: () => sizeProblems(machine, userData),
  };
}

/** @throws Error naming everything that is not known */
function knownPartsOf(machine: IMachine): { userData: ec2.UserData; system: UserDataSystem } {
  const { userData, osType, role } = {
    userData: known(() => machine.userData),
    osType: known(() => machine.osType),
    role: known(() => machine.role),
  };
  const isKnown = osType !== undefined && osType !== ec2.OperatingSystemType.UNKNOWN;
  if (userData && isKnown && role) return { userData, system: osType };
  const missing = [
    ...(userData ? [] : [['user data', 'userData']]),
    ...(isKnown ? [] : [['operating system', 'machineImage']]),
    ...(role ? [] : [['role', 'role']]),
  ];
  const [parts, props] = [0, 1].map((column) => missing.map((row) => row[column]!));
  throw refusal(
    machine,
    `${listed(parts!)} ${missing.length === 1 ? 'is' : 'are'} not known`,
    `give it, or the launch template that it uses, ${listed(props!)}`,
  );
}

/** An Auto Scaling group throws when a part that its launch template lacks is read. */
function known<Part>(part: () => Part): Part | undefined {
  try {
    return part();
  } catch {
    return undefined;
  }
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(words);
}

function refusal({ node }: IConstruct, problem: string, fix: string): Error {
  return new Error(
    `${node.path}: cannot set variables on a machine whose ${problem}; ${fix}, ` +
      'or grant its role access with grantWrite(…) and put what toUserData() returns into its user data',
  );
}

/** Runs when everything is resolved. References are estimated. */
function sizeProblems(machine: IConstruct, userData: ec2.UserData): string[] {
  const bytes = estimatedBytes(Stack.of(machine).resolve(userData.render()));
  if (bytes <= MAX_BYTES) return [];
  return [
    `${machine.node.path}: the user data has about ${bytes} bytes; allowed: ${MAX_BYTES} bytes, before EC2 encodes ` +
      'them. Bind with fewer settings, or keep scripts elsewhere, as in S3, and let the user data fetch them',
  ];
}
