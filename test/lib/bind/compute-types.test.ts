import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apprunner from 'aws-cdk-lib/aws-apprunner';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';

import { Trust, type CloudWatchLogging } from '../../../lib/index.js';
import { TemplateResolver } from '../../../local/stack/template-resolver.js';
import { Settings } from '../../../runtime/index.js';
import { account, flagSets, loggingIn, newStack, region } from '../stacks.js';
import { boundWriters } from '../writers.js';
import {
  containerFinds,
  functionFinds,
  instanceIn,
  machineFinds,
  ofPairs,
  windowsMachineFinds,
} from './targets.js';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** What a program of this kind needs in a stack, who runs it, and which variables it finds. */
interface ComputeType {
  readonly define: (stack: Stack, logging: CloudWatchLogging) => void;
  readonly assumedBy?: iam.IPrincipal;
  readonly finds: (deployed: TemplateResolver) => Record<string, string>;
  /** The statements of the writer's policy, and of the writer role's if it is another. */
  readonly statements: readonly (readonly object[])[];
}

function allow(Action: string | string[], Resource: unknown): object {
  return { Effect: 'Allow', Action, Resource };
}

const write = allow(
  ['logs:CreateLogStream', 'logs:PutLogEvents'],
  `arn:aws:logs:${region}:${account}:log-group:/myapp/production:log-stream:it's-1`,
);

/** A kind that `bindTo` knows: its role has the same statement as the writer role, and no other. */
function bound(kind: string, finds: ComputeType['finds']): [string, ComputeType] {
  const define: ComputeType['define'] = (stack, logging) => void boundWriters[kind]!(stack, logging);
  return [kind, { define, finds, statements: [[write], [write]] }];
}

/** A pod finds its variables in a ConfigMap, and has the writer role by an association. */
const pod: ComputeType = {
  assumedBy: Trust.podIdentity(),
  define: (stack, logging) => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'logging', namespace: 'production' },
      data: logging.toConfigMapData(),
    };
    new CfnResource(stack, 'ConfigMap', {
      type: eks.KubernetesManifest.RESOURCE_TYPE,
      properties: { Manifest: stack.toJsonString([manifest]) },
    });
    new eks.CfnPodIdentityAssociation(stack, 'Association', {
      clusterName: 'cluster',
      namespace: 'production',
      serviceAccount: 'api',
      roleArn: logging.role.roleArn,
    });
  },
  finds: (deployed) => {
    const [id] = deployed.idsOf(eks.KubernetesManifest.RESOURCE_TYPE);
    const [{ data }] = JSON.parse(String(deployed.property(id!, 'Manifest')));
    return data;
  },
  statements: [[write]],
};

/** What CDK lets the role of a build do besides: its own log, in another log group, and its reports. */
const buildStatements = (project: string): object[] => {
  const buildLog = `arn:aws:logs:${region}:${account}:log-group:/aws/codebuild/${project}`;
  return [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [buildLog, `${buildLog}:*`]),
    allow(
      [
        'codebuild:BatchPutCodeCoverages',
        'codebuild:BatchPutTestCases',
        'codebuild:CreateReport',
        'codebuild:CreateReportGroup',
        'codebuild:UpdateReport',
      ],
      `arn:aws:codebuild:${region}:${account}:report-group/${project}-*`,
    ),
  ];
};

/** A build runs with the writer role, to which CDK adds what a build does. */
const build: ComputeType = {
  assumedBy: Trust.codeBuild(),
  define: (stack, logging) => {
    const pairs = logging.toKeyValuePairs();
    new codebuild.Project(stack, 'Project', {
      role: logging.role,
      buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }),
      environmentVariables: Object.fromEntries(pairs.map(({ name, value }) => [name, { value }])),
    });
  },
  finds: (deployed) => {
    const [id] = deployed.idsOf('AWS::CodeBuild::Project');
    const { EnvironmentVariables: pairs } = deployed.property(id!, 'Environment') as any;
    expect(pairs.map(({ Type }: any) => Type)).toEqual(pairs.map(() => 'PLAINTEXT'));
    return ofPairs(pairs, 'Name', 'Value');
  },
  statements: [[write, ...buildStatements('local-ProjectC78D97AD-local')]],
};

const service: ComputeType = {
  assumedBy: Trust.appRunner(),
  define: (stack, logging) => {
    new apprunner.CfnService(stack, 'Service', {
      instanceConfiguration: { instanceRoleArn: logging.role.roleArn },
      sourceConfiguration: {
        imageRepository: {
          imageIdentifier: 'public.ecr.aws/myapp/api:1',
          imageRepositoryType: 'ECR_PUBLIC',
          imageConfiguration: { runtimeEnvironmentVariables: logging.toKeyValuePairs() },
        },
      },
    });
  },
  finds: (deployed) => {
    const [id] = deployed.idsOf('AWS::AppRunner::Service');
    const { ImageRepository: repository } = deployed.property(id!, 'SourceConfiguration') as any;
    return ofPairs(repository.ImageConfiguration.RuntimeEnvironmentVariables, 'Name', 'Value');
  },
  statements: [[write]],
};

/** The statements of each policy; a feature flag has the lists in them sorted, and so are they here. */
function statementsIn(deployed: TemplateResolver): object[][] {
  const sorted = (value: string | string[]): string | string[] =>
    typeof value === 'string' ? value : value.toSorted();
  return deployed.idsOf('AWS::IAM::Policy').map((id) => {
    const { Statement }: any = deployed.property(id, 'PolicyDocument');
    return Statement.map((each: any) => ({
      ...each,
      Action: sorted(each.Action),
      Resource: sorted(each.Resource),
    }));
  });
}

const computeTypes: readonly (readonly [string, ComputeType])[] = [
  bound('a function', functionFinds),
  bound('a singleton function', functionFinds),
  bound('a version', functionFinds),
  bound('an alias', functionFinds),
  bound('a task definition', containerFinds),
  bound('a container', containerFinds),
  bound('an instance', machineFinds),
  bound('an Auto Scaling group', machineFinds),
  bound('a launch template', machineFinds),
  [
    'an instance with Windows',
    {
      define: (stack, logging) => void logging.bindTo(instanceIn(stack, 'windows')),
      finds: windowsMachineFinds,
      statements: [[write], [write]],
    },
  ],
  ['a pod', pod],
  ['a build', build],
  ['an App Runner service', service],
];

describe.each(flagSets)('what the stack says %s', (_, context) => {
  test.each(computeTypes)('to %s, its sink reads and its role allows', (__, compute) => {
    const { define, assumedBy, finds, statements } = compute;
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      logGroupName: '/myapp/production',
      assumedBy,
      logLevel: 'warn',
      service: 'orders & "more"',
      settings: { logStreamName: "it's-1", batchSize: 50 },
    });

    define(stack, logging);

    const deployed = new TemplateResolver(Template.fromStack(stack).toJSON(), { region });
    const env = finds(deployed);
    expect(env).toEqual({
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CORE__LOG_LEVEL: 'WARNING',
      FAPILOG_SERVICE: 'orders & "more"',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: "it's-1",
      FAPILOG_CLOUDWATCH__REGION: region,
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
    });
    expect(statementsIn(deployed)).toEqual(statements);

    const defaults = new Settings({}, { env: {} });
    const { core, app, sinkConfig, notices } = new Settings({}, { env, requireComplete: true });
    expect({ core, app, cloudwatch: sinkConfig.cloudwatch, notices }).toEqual({
      core: { ...defaults.core, sinks: ['cloudwatch'], logLevel: 'warn' },
      app: { ...defaults.app, service: 'orders & "more"' },
      cloudwatch: {
        ...defaults.sinkConfig.cloudwatch,
        logGroupName: '/myapp/production',
        logStreamName: "it's-1",
        region,
        batchSize: 50,
        createLogGroup: false,
      },
      notices: [],
    });
  });
});
