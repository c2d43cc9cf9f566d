import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { userDataCommands, type UserDataSystem } from '../publish/user-data.js';
import type { Place } from './place.js';

/** A machine that starts with user data: an instance, an Auto Scaling group, a launch template. */
export interface IUserDataTarget extends IConstruct {
  readonly userData?: ec2.UserData | undefined;
  readonly osType?: ec2.OperatingSystemType | undefined;
}

/**
 * The user data of a machine. Sets variables for the commands that follow. Exports of other commands cannot be read.
 */
export function userDataPlace(target: IUserDataTarget, system: UserDataSystem): Place {
  return {
    construct: target,
    memory: target.userData!,
    read: () => undefined,
    write: (variables) => {
      if (Object.keys(variables).length > 0)
        target.userData!.addCommands(...userDataCommands(variables, system));
    },
  };
}
