import { App, Stack, type CfnElement } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { TemplateResolver } from '../../local/stack/template-resolver.js';

export const ACCOUNT = '123456789012';
export const OTHER_ACCOUNT = '210987654321';
export const REGION = 'eu-central-1';

/** A statement of a policy, every member of which a statement of ours has as text. */
export interface Statement {
  readonly Action: string | readonly string[];
  /** None in the policy of a role's own. */
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Stacks of one app, whose policies can be read as the deployment would have them. */
export class DeployedStacks {
  private readonly app = new App({ analyticsReporting: false });
  private readonly resolvers = new Map<string, TemplateResolver>();

  stack(id: string, region = REGION, account = ACCOUNT): Stack {
    return new Stack(this.app, id, { env: { account, region } });
  }

  /** The statements by which a role is allowed something. */
  granted(role: iam.IRole): Statement[] {
    const deployed = this.resolver(role);
    const policies = deployed
      .idsOf('AWS::IAM::Policy')
      .filter((id) => [deployed.property(id, 'Roles')].flat().includes(deployed.nameOf(idOf(role))));
    return policies.flatMap((id) => statementsOf(deployed.property(id, 'PolicyDocument')));
  }

  /** The statements that a resource has in its own policy: who may assume a role, who may use a key. */
  admitted(resource: IConstruct, property: 'AssumeRolePolicyDocument' | 'KeyPolicy'): Statement[] {
    return statementsOf(this.resolver(resource).property(idOf(resource), property));
  }

  private resolver(construct: IConstruct): TemplateResolver {
    if (this.resolvers.size === 0) this.synthesize();
    return this.resolvers.get(Stack.of(construct).stackName)!;
  }

  private synthesize(): void {
    for (const { stackName, template, environment } of this.app.synth().stacks) {
      const { region, account: accountId } = environment;
      this.resolvers.set(stackName, new TemplateResolver(template, { region, accountId }));
    }
  }
}

function idOf(construct: IConstruct): string {
  return Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
}

function statementsOf(document: unknown): Statement[] {
  return (document as { readonly Statement: Statement[] }).Statement;
}
