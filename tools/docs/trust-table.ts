import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CloudWatchLogging, Trust } from '../../lib/index.js';
import { conditionLines } from './condition-lines.js';
import { ACCOUNT, DeployedStacks, OTHER_ACCOUNT, REGION } from './deployed-stacks.js';
import { codeLines, markdownTable } from './markdown-table.js';

type Factory = Exclude<keyof typeof Trust, 'prototype'>;

/** Every factory of {@link Trust}: how it is called, and what it then makes. */
const calls: Readonly<Record<Factory, readonly [string, (stack: Stack) => iam.IPrincipal]>> = {
  lambda: ['lambda()', () => Trust.lambda()],
  ecsTasks: ['ecsTasks()', () => Trust.ecsTasks()],
  ec2: ['ec2()', () => Trust.ec2()],
  podIdentity: ['podIdentity()', () => Trust.podIdentity()],
  irsa: ["irsa({ provider, namespace: 'production', serviceAccount: 'api' })", ofServiceAccount],
  rolesAnywhere: [
    'rolesAnywhere({ trustAnchorArn })',
    () =>
      Trust.rolesAnywhere({ trustAnchorArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:trust-anchor/ID` }),
  ],
  codeBuild: ['codeBuild()', () => Trust.codeBuild()],
  appRunner: ['appRunner()', () => Trust.appRunner()],
  account: [`account('${OTHER_ACCOUNT}')`, () => Trust.account(OTHER_ACCOUNT)],
};

function ofServiceAccount(stack: Stack): iam.IPrincipal {
  const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.${REGION}.amazonaws.com/id/ID`;
  const provider = iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', arn);
  return Trust.irsa({ provider, namespace: 'production', serviceAccount: 'api' });
}

/** Who may assume the writer role and how, read from the templates of stacks that say so. */
export function trustTable(): string {
  const stacks = new DeployedStacks();
  const roles = Object.entries(calls).map(([name, [call, principal]]) => {
    const stack = stacks.stack(name);
    return [call, new CloudWatchLogging(stack, 'Logging', { assumedBy: principal(stack) }).role] as const;
  });
  const rows = roles.flatMap(([call, role]) =>
    stacks
      .admitted(role, 'AssumeRolePolicyDocument')
      .map((each, index) => [
        index === 0 ? `\`Trust.${call}\`` : '',
        codeLines(Object.values(each.Principal ?? {})),
        codeLines(each.Action),
        conditionLines(each).join('<br>'),
      ]),
  );
  return markdownTable(['`assumedBy`', 'principal', 'actions', 'conditions'], rows);
}
