import { aws_logs as logs, Reference, Token, Tokenization, type IResolveContext } from 'aws-cdk-lib';
import type { aws_logs as references } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { asGiven } from '../shapes.js';
import { isElsewhere } from '../stack-environment.js';

/** Id of the L2 construct below an L1 construct. It adds nothing to the template. */
const ID = 'FapilogLogGroup';

/**
 * Returns a log group as the L2 construct that CDK's features need. An L1 construct, or one that only refers to a log
 * group, gets one.
 *
 * @throws Error if the value is not a log group, for example only the name of one
 */
export function givenLogGroup(given: unknown, where: string): logs.ILogGroup {
  if (isLogGroup(given)) return given;
  const known = Construct.isConstruct(given) ? given.node.tryFindChild(ID) : undefined;
  if (known && isLogGroup(known)) return known;
  if (logs.CfnLogGroup.isCfnLogGroup(given))
    return logs.LogGroup.fromLogGroupName(given, ID, Token.asString(new NameOfL1(given)));
  if (isReference(given)) return logs.LogGroup.fromLogGroupArn(given, ID, given.logGroupRef.logGroupArn);
  const shown = Construct.isConstruct(given) ? given.node.path : asGiven(given);
  throw new Error(
    `${where}: cannot adopt ${shown}, which is no log group; ` +
      'pass one that logs.LogGroup.fromLogGroupName(…) or fromLogGroupArn(…) has imported',
  );
}

/** Looks at members, because an app may load several copies of a class. Other resources have a logGroupName, too. */
function isLogGroup(given: unknown): given is logs.ILogGroup {
  return Construct.isConstruct(given) && 'logGroupArn' in given && 'addMetricFilter' in given;
}

function isReference(given: unknown): given is Construct & references.ILogGroupRef {
  return Construct.isConstruct(given) && 'logGroupRef' in given;
}

/**
 * Refers to the name of an L1 log group, as the name of an L2 one does: another account or Region gets the name itself,
 * since CloudFormation knows no reference there.
 */
class NameOfL1 extends Reference {
  constructor(private readonly logGroup: logs.CfnLogGroup) {
    super(Tokenization.reverse(logGroup.ref), logGroup, 'LogGroupName');
  }

  override resolve({ scope }: IResolveContext): unknown {
    const { ref, logGroupName } = this.logGroup;
    return isElsewhere(scope, this.logGroup) ? (logGroupName ?? ref) : ref;
  }
}
