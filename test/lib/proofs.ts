import { App, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { proveWriter, type WriterProofOptions } from '../../local/policies/index.js';
import { TemplateResolver } from '../../local/stack/template-resolver.js';
import { proveRole, simulate, type RoleProofOptions } from './role-proof.js';
import { account, type Context } from './stacks.js';
import { roleIdOf } from './writers.js';

export const logGroupName = '/myapp/production';

/** A role as it is in the template of its stack. */
export interface FoundRole {
  readonly template: any;
  readonly role: string;
  readonly region: string;
  readonly accountId: string;
}

/** Stacks of one app, in which writers are defined, and then proved in their templates. */
export class Proofs {
  private readonly app: App;
  private readonly roles = new Map<string, iam.IRole>();
  private readonly templates = new Map<string, unknown>();

  constructor(context: Context) {
    this.app = new App({ context: { ...context } });
  }

  stack(id: string, region: string, accountId = account): Stack {
    return new Stack(this.app, id, { env: { account: accountId, region } });
  }

  /** Remembers a role by what is said of it. */
  add(sentence: string, role: iam.IRole): void {
    this.roles.set(sentence, role);
  }

  template({ stackName }: Stack): any {
    if (this.templates.size === 0) {
      for (const { stackName: name, template } of this.app.synth().stacks) this.templates.set(name, template);
    }
    return this.templates.get(stackName);
  }

  found(sentence: string): FoundRole {
    const role = this.roles.get(sentence)!;
    const stack = Stack.of(role);
    return {
      template: this.template(stack),
      role: roleIdOf(role),
      region: stack.region,
      accountId: stack.account,
    };
  }

  /** What keeps the role from being a writer and nothing else. */
  async writer(sentence: string, proof: Partial<WriterProofOptions>): Promise<readonly string[]> {
    const { template, role, region } = this.found(sentence);
    return (await proveWriter(template, { simulate, role, region, logGroupName, ...proof })).violations;
  }

  /** What keeps the role from being what it is said to be. */
  async role(sentence: string, proof: Omit<RoleProofOptions, 'role'>): Promise<readonly string[]> {
    const { template, role, region, accountId } = this.found(sentence);
    return proveRole(template, { role, region, accountId, ...proof });
  }

  /** A part of a template, or a value with references to it, as the deployment would have it. */
  deployed(stack: Stack, part: unknown): any {
    return new TemplateResolver(this.template(stack), { region: stack.region }).value(stack.resolve(part));
  }
}
