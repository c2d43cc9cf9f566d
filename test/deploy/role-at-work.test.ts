import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { ECS } from '@aws-sdk/client-ecs';
import { STS } from '@aws-sdk/client-sts';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { DeliveryReport } from 'fapilog-cloudwatch';
import type { Grant, PolicyDocument } from 'fapilog-cloudwatch/cdk/testing';
import { audit } from '../../demo/audit.js';
import { readBack } from '../../demo/read-back.js';
import { startService } from '../../demo/service.js';
import { sendRequests } from '../../demo/traffic.js';
import { FargateStack } from '../../examples/ecs-fargate/stack.js';
import { LoggingStack } from '../../examples/lambda-function/stack.js';
import { Moto } from '../support/moto.js';
import { type ClientConfig, clientConfig, type Credentials } from './support/aws.js';
import { CallRecorder, type RecordedCall } from './support/call-recorder.js';
import { type DeployedRole, faultsOf, readRole } from './support/deployed-role.js';
import { DeployedStack, newApp } from './support/deployed-stack.js';

const REQUESTS = 300;
/** Those of the requests, and that the service starts and stops. */
const LINES = REQUESTS + 2;
const ACCOUNT = '123456789012';
const SERVICE = join(__dirname, '../../dist/build/examples/http-service/main.js');

/** A writer as it was deployed. */
interface Workload {
  readonly roleName: string;
  readonly logGroupName: string;
  readonly streamPrefix: string;
  readonly environment: Record<string, string>;
}

/** What the service did with the environment and the role. */
interface Run {
  readonly report: DeliveryReport;
  readonly findings: readonly string[];
  readonly streams: readonly string[];
  readonly calls: readonly RecordedCall[];
  readonly credentials: Credentials;
}

let moto: Moto;
let config: ClientConfig;
let iam: IAM;

beforeAll(async () => {
  moto = await Moto.start();
  config = clientConfig(moto);
  iam = new IAM(config);
});

afterAll(() => moto?.stop());

/** What code the function has is no matter here: its stack is deployed with its bundle by the CDK CLI elsewhere. */
async function deployFunction(): Promise<Workload> {
  const stack = new LoggingStack(newApp(), 'Function');
  (stack.fn.node.defaultChild as CfnFunction).addPropertyOverride('Code', { ZipFile: 'exports.handler = 0' });
  const deployed = await DeployedStack.create(config, stack);
  const { Environment } = await new Lambda(config).getFunctionConfiguration({
    FunctionName: deployed.nameOf('AWS::Lambda::Function'),
  });
  return {
    roleName: deployed.nameOf('AWS::IAM::Role'),
    logGroupName: '/myapp/production',
    streamPrefix: '',
    environment: Environment?.Variables ?? {},
  };
}

async function deployTask(): Promise<Workload> {
  const deployed = await DeployedStack.create(config, new FargateStack(newApp(), 'Fargate'));
  const { taskDefinition } = await new ECS(config).describeTaskDefinition({
    taskDefinition: deployed.nameOf('AWS::ECS::TaskDefinition', 'api'),
  });
  const variables = taskDefinition?.containerDefinitions?.[0]?.environment ?? [];
  return {
    roleName: deployed.nameOf('AWS::IAM::Role', 'apitaskTaskRole'),
    logGroupName: '/myapp/services',
    streamPrefix: 'api/',
    environment: Object.fromEntries(variables.map(({ name, value }) => [name!, value!])),
  };
}

async function assume(roleName: string): Promise<Credentials> {
  const { arn } = await readRole(iam, roleName);
  const sts = new STS(config);
  const { Credentials: assumed } = await sts.assumeRole({ RoleArn: arn, RoleSessionName: 'service' });
  return {
    accessKeyId: assumed!.AccessKeyId!,
    secretAccessKey: assumed!.SecretAccessKey!,
    sessionToken: assumed!.SessionToken!,
  };
}

async function run({ roleName, environment, logGroupName }: Workload): Promise<Run> {
  const credentials = await assume(roleName);
  const recorder = await CallRecorder.before(moto.endpoint, ACCOUNT);
  try {
    const service = await startService(
      {
        ...environment,
        AWS_ENDPOINT_URL: recorder.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken!,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      SERVICE,
    );
    const requestIds = await sendRequests(service.url, REQUESTS);
    const report = await service.stop();
    const stored = await readBack(new CloudWatchLogs(config), logGroupName);
    const findings = audit(report, requestIds, stored);
    return { report, findings, streams: stored.logStreamNames, calls: recorder.calls, credentials };
  } finally {
    await recorder.stop();
  }
}

function callsMade({ calls }: Run): Grant[] {
  const each = calls.map(({ action, resource }) => [`${action} ${resource}`, { action, resource }] as const);
  return [...new Map(each).values()];
}

describe.each([
  ['the function of the Lambda example', deployFunction],
  ['the task of the ECS example', deployTask],
])('%s', (_, deploy) => {
  let workload: Workload;
  let done: Run;

  beforeAll(async () => {
    workload = await deploy();
    done = await run(workload);
  });

  const group = (): string => `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${workload.logGroupName}`;

  async function faults(): Promise<string[]> {
    const { roleName, logGroupName, streamPrefix } = workload;
    const role = await readRole(iam, roleName);
    return faultsOf(role, callsMade(done), { logGroupName, streamPrefix, region: 'us-east-1' });
  }

  /** The faults while the policy of the role has other actions. */
  async function faultsWith(change: (actions: string[]) => string[]): Promise<string[]> {
    const before = await readRole(iam, workload.roleName);
    const [[PolicyName, document]] = Object.entries(before.policies) as [[string, PolicyDocument]];
    const put = (changed: PolicyDocument): Promise<unknown> =>
      iam.putRolePolicy({ RoleName: workload.roleName, PolicyName, PolicyDocument: JSON.stringify(changed) });
    const [statement] = document['Statement'] as [{ Action: string[] }];
    await put({ ...document, Statement: [{ ...statement, Action: change(statement.Action) }] });
    try {
      return await faults();
    } finally {
      await put(document);
    }
  }

  test('has every line of the service delivered, and read back once', () => {
    expect(done.findings).toEqual([]);
    expect(done.report).toMatchObject({ accepted: LINES, delivered: LINES, pending: 0 });
    expect(done.streams).toEqual([expect.stringMatching(new RegExp(`^${workload.streamPrefix}.`))]);
  });

  test('made the calls of a writer on its log stream, signed by the role, and no others', () => {
    const resource = `${group()}:log-stream:${done.streams[0]}`;
    expect(callsMade(done).toSorted((one, other) => one.action.localeCompare(other.action))).toEqual([
      { action: 'logs:CreateLogStream', resource },
      { action: 'logs:PutLogEvents', resource },
    ]);
    expect(new Set(done.calls.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set([done.credentials.accessKeyId]),
    );
  });

  test('compressed until moto, which cannot read that, had refused it', () => {
    const puts = done.calls.filter(({ action }) => action === 'logs:PutLogEvents');
    const compressed = puts.filter(({ isCompressed }) => isCompressed);
    const plain = puts.filter(({ isCompressed }) => !isCompressed);

    expect(new Set(compressed.map(({ status }) => status))).toEqual(new Set([500]));
    expect(plain.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(puts.at(-1)).toMatchObject({ isCompressed: false, status: 200 });
  });

  test('has a role that may make these calls, and nothing else', async () => {
    const role: DeployedRole = await readRole(iam, workload.roleName);

    expect(role.managedPolicyArns).toEqual([]);
    expect(Object.keys(role.policies)).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });

  test('is found out when one action is added to its policy', async () => {
    const found = await faultsWith((actions) => [...actions, 'logs:DeleteLogStream']);

    expect(found).toEqual([
      `logs:DeleteLogStream on ${group()}:log-stream:${workload.streamPrefix}host-1 is allowed`,
    ]);
    expect(await faults()).toEqual([]);
  });

  test('is found out when one action is taken from its policy', async () => {
    const found = await faultsWith((actions) =>
      actions.filter((action) => action !== 'logs:CreateLogStream'),
    );

    const streams = ['host-1', '2026/01/31/[$LATEST]0123456789abcdef'];
    expect(found).toEqual(
      [...streams.map((name) => workload.streamPrefix + name), done.streams[0]].map(
        (name) => `logs:CreateLogStream on ${group()}:log-stream:${name} is denied`,
      ),
    );
    expect(await faults()).toEqual([]);
  });
});
