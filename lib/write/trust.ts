import { aws_iam as iam, CfnJson } from 'aws-cdk-lib';
import { isUnresolved } from '../tokens.js';
import { forThisAccount } from './own-account.js';

/** Identifies a Kubernetes service account, for {@link Trust.irsa}. */
export interface IrsaTrustProps {
  /** The cluster's OpenID Connect provider. */
  readonly provider: iam.IOpenIdConnectProvider;

  /** Namespace of the service account, such as `production`. */
  readonly namespace: string;

  /** Name of the service account, such as `api`. */
  readonly serviceAccount: string;
}

/** Identifies workloads outside AWS, for {@link Trust.rolesAnywhere}. */
export interface RolesAnywhereTrustProps {
  /** ARN of the trust anchor whose certificates are accepted. */
  readonly trustAnchorArn: string;
}

/**
 * Principals that may assume the writer role, one for each kind of compute. Any other principal may be given instead.
 *
 * @example
 * new CloudWatchLogging(this, 'Logging', { assumedBy: Trust.ecsTasks() });
 */
export class Trust {
  /** Lambda functions. */
  static lambda(): iam.IPrincipal {
    return new iam.ServicePrincipal('lambda.amazonaws.com');
  }

  /** ECS tasks of this account: the task role, not the execution role. */
  static ecsTasks(): iam.IPrincipal {
    return new iam.PrincipalWithConditions(
      new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      forThisAccount(),
    );
  }

  /** EC2 instances, through an instance profile. */
  static ec2(): iam.IPrincipal {
    return new iam.ServicePrincipal('ec2.amazonaws.com');
  }

  /** Pods of any EKS cluster of this account with EKS Pod Identity, which also tags the session. */
  static podIdentity(): iam.IPrincipal {
    return new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com'));
  }

  /**
   * Pods of one Kubernetes service account of one cluster (IAM roles for service accounts).
   *
   * The issuer is a key of the conditions. While CloudFormation does not know it, as for a cluster in the same app, CDK needs
   * a custom resource (`CfnJson`) to write such a key, as its own service accounts do.
   */
  static irsa({ provider, namespace, serviceAccount }: IrsaTrustProps): iam.IPrincipal {
    const issuer = provider.openIdConnectProviderIssuer;
    const value = {
      [`${issuer}:aud`]: 'sts.amazonaws.com',
      [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
    };
    const id = `Irsa-${namespace}-${serviceAccount}`;
    const equals = isUnresolved(issuer)
      ? ((provider.node.tryFindChild(id) as CfnJson | undefined) ?? new CfnJson(provider, id, { value }))
      : value;
    return new iam.OpenIdConnectPrincipal(provider, { StringEquals: equals });
  }

  /** Machines outside AWS that show a certificate (IAM Roles Anywhere). */
  static rolesAnywhere({ trustAnchorArn }: RolesAnywhereTrustProps): iam.IPrincipal {
    const service = new iam.ServicePrincipal('rolesanywhere.amazonaws.com');
    return new SourceIdentityPrincipal(
      new iam.SessionTagsPrincipal(
        new iam.PrincipalWithConditions(service, { ArnEquals: { 'aws:SourceArn': trustAnchorArn } }),
      ),
    );
  }

  /** CodeBuild projects of this account. */
  static codeBuild(): iam.IPrincipal {
    return new iam.ServicePrincipal('codebuild.amazonaws.com');
  }

  /** App Runner services: the instance role. App Runner takes no new customers since 30 April 2026. */
  static appRunner(): iam.IPrincipal {
    return new iam.ServicePrincipal('tasks.apprunner.amazonaws.com');
  }

  /**
   * Principals of an account that are themselves allowed to assume the role, for writers in another account. Set
   * `externalId` in the construct's props if a third party writes.
   *
   * @param accountId twelve digits
   */
  static account(accountId: string): iam.IPrincipal {
    return new iam.AccountPrincipal(accountId);
  }

  private constructor() {}
}

/** A principal that may also set a source identity. Without one, IAM Roles Anywhere gets no session. */
class SourceIdentityPrincipal extends iam.PrincipalBase {
  override readonly assumeRoleAction: string;

  constructor(private readonly wrapped: iam.PrincipalBase) {
    super();
    this.assumeRoleAction = wrapped.assumeRoleAction;
  }

  get policyFragment(): iam.PrincipalPolicyFragment {
    return this.wrapped.policyFragment;
  }

  override addToAssumeRolePolicy(document: iam.PolicyDocument): void {
    this.wrapped.addToAssumeRolePolicy(document);
    const { principalJson, conditions } = this.policyFragment;
    document.addStatements(
      iam.PolicyStatement.fromJson({
        Effect: 'Allow',
        Action: 'sts:SetSourceIdentity',
        Principal: principalJson,
        Condition: conditions,
      }),
    );
  }

  dedupeString(): string {
    return `SourceIdentity:${this.wrapped.dedupeString() ?? ''}`;
  }
}
