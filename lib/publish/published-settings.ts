import { aws_iam as iam, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { settingsDocument } from '../../contract/document.js';
import type { Definition } from '../define/definition.js';
import { addReview, type FinishedTree } from '../finished-tree.js';
import type { OptionNames } from '../option-names.js';
import { assertGrantable } from '../shapes.js';
import { isUnresolved } from '../tokens.js';
import { ExpectedGrants } from '../write/expected-grants.js';
import { policiesIn } from '../policies/tree-policies.js';
import { EXPORT_OPTIONS, type ExportOptions } from './exports.js';
import type { CheckedName, ParameterNameOptions } from './parameter-name.js';

/** The variable that holds the parameter's name. */
const CONFIG_VARIABLE = 'FAPILOG_CONFIG_SSM';

/** Source: Systems Manager quotas, maximum size of a standard parameter's value. */
const MAX_CHARACTERS = 4_096;

/** Options of published settings. */
export interface PublishOptions extends ExportOptions, ParameterNameOptions {}

export const PUBLISH_OPTIONS: OptionNames<PublishOptions> = {
  ...EXPORT_OPTIONS,
  parameterName: true,
  simpleName: true,
};

/**
 * Settings as one JSON document in an SSM parameter, for programs whose environment the stack does not define. A
 * program needs permission to read the parameter, and the parameter's name in `FAPILOG_CONFIG_SSM`; it needs no other
 * variable.
 */
export class PublishedSettings extends Construct {
  /** The parameter that holds the document. */
  readonly parameter: ssm.IStringParameter;

  private readonly expected = new ExpectedGrants();

  /** @internal */
  constructor(scope: Construct, id: string, definition: Definition, name: CheckedName) {
    super(scope, id);
    const stringValue = Stack.of(this).toJsonString(settingsDocument(definition.settings));
    addReview(this, (tree) => this.review(tree, stringValue));
    this.parameter = new ssm.StringParameter(this, 'Parameter', {
      description: 'Settings of fapilog-cloudwatch',
      stringValue,
      ...name,
    });
  }

  private review(tree: FinishedTree, stringValue: string): string[] {
    this.expected.review(this, tree.read(policiesIn));
    return this.tooLong(stringValue);
  }

  /** Runs when everything is resolved. References count with their length in the template. */
  private tooLong(stringValue: string): string[] {
    const resolved: unknown = Stack.of(this).resolve(stringValue);
    const { length } = typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
    if (length <= MAX_CHARACTERS) return [];
    return [
      `${this.node.path}: the settings have about ${length} characters; allowed: ${MAX_CHARACTERS}, ` +
        'the most that a standard parameter holds. Publish fewer settings',
    ];
  }

  /** The one variable that a program needs. Each read returns a new copy. */
  get environment(): Record<string, string> {
    return { [CONFIG_VARIABLE]: this.parameter.parameterName };
  }

  /**
   * Allows a grantee to read the document: `ssm:GetParameter` on this parameter, and nothing else.
   *
   * @throws Error if the grantee has no grant principal
   */
  grantRead(grantee: iam.IGrantable): iam.Grant {
    assertGrantable(grantee, this.node.path);
    const needed = { actions: ['ssm:GetParameter'], resourceArns: [this.parameter.parameterArn] };
    const grant = iam.Grant.addToPrincipal({ grantee, ...needed });
    this.expected.add(grantee, grant, { ...needed, spelt: [this.speltArn()] });
    return grant;
  }

  /** The parameter's ARN as somebody else would write it: with the name in plain text if the app gives it. */
  private speltArn(): string {
    const { parameterArn } = this.parameter;
    const { name } = this.parameter.node.defaultChild as ssm.CfnParameter;
    if (name === undefined || isUnresolved(name)) return parameterArn;
    return Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: name.replace(/^\//, ''),
    });
  }
}
