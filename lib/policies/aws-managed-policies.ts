/**
 * AWS managed policies that allow `logs:PutLogEvents` on every log group of the account, without a condition.
 *
 * Source: AWS managed policy reference guide, the JSON of each policy, March 2026. Policies of service-linked roles and
 * permissions boundaries are left out, since no program has them; so are those that name the log groups of one service,
 * such as `/aws/elasticbeanstalk*`. To update: search the guide for `logs:PutLogEvents`, `logs:Put*`, `logs:*` and
 * `NotAction`, and add policies whose statement has the resource `*` or `arn:aws:logs:*:*:*`.
 */
const UNBOUNDED_WRITERS = new Set([
  'AdministratorAccess',
  'AlexaForBusinessGatewayExecution',
  'AmazonAPIGatewayPushToCloudWatchLogs',
  'AmazonApplicationWizardFullaccess',
  'AmazonEC2ContainerServiceforEC2Role',
  'AmazonEC2RoleforSSM',
  'AmazonEC2RolePolicyForApplicationWizard',
  'AmazonEC2RolePolicyForLaunchWizard',
  'AmazonECSTaskExecutionRolePolicy',
  'AmazonElasticFileSystemsUtils',
  'AmazonLaunchWizardFullaccess',
  'AmazonLaunchWizard_Fullaccess',
  'AmazonS3ObjectLambdaExecutionRolePolicy',
  'AmazonSNSRole',
  'AmazonSSMFullAccess',
  'AmazonSageMakerFullAccess',
  'AmazonSageMakerGroundTruthExecution',
  'AWSAppSyncPushToCloudWatchLogs',
  'AWSBatchServiceRole',
  'AWSCodeStarServiceRole',
  'AWSElasticBeanstalkFullAccess',
  'AWSGlueServiceRole',
  'AWSIoTLogging',
  'AWSLambdaBasicDurableExecutionRolePolicy',
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaExecute',
  'AWSLambdaFullAccess',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaVPCAccessExecutionRole',
  'AWSOpsWorksCloudWatchLogs',
  'AWSTransferLoggingAccess',
  'CloudWatchAgentAdminPolicy',
  'CloudWatchAgentServerPolicy',
  'CloudWatchFullAccess',
  'CloudWatchFullAccessV2',
  'CloudWatchLogsAPIKeyAccess',
  'CloudWatchLogsFullAccess',
  'DatabaseAdministrator',
  'PowerUserAccess',
  'SageMakerStudioAdminIAMDefaultExecutionPolicy',
  'SageMakerStudioAdminIAMPermissiveExecutionPolicy',
  'SageMakerStudioUserIAMDefaultExecutionPolicy',
  'SageMakerStudioUserIAMPermissiveExecutionPolicy',
  'SystemAdministrator',
]);

const EXECUTION_POLICY = /^AWSLambda\w*Execution(Role|RolePolicy)$/;

/** Names by which AWS calls such policies. All policies of these names that existed in March 2026 are in the table. */
const NAME_PATTERNS = [
  EXECUTION_POLICY,
  /^CloudWatch(Logs)?FullAccess(V\d+)?$/,
  /^CloudWatchAgent\w+Policy$/,
  /PushToCloudWatchLogs$/,
];

/** The policy's name if it is one of AWS that allows writing to every log group. */
export function unboundedAwsPolicy(arn: string): string | undefined {
  const name = /:iam::aws:policy\/(?:[^:]*\/)?([^/:]+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const isUnbounded = UNBOUNDED_WRITERS.has(name) || NAME_PATTERNS.some((pattern) => pattern.test(name));
  return isUnbounded ? name : undefined;
}

/** Whether a policy of AWS is one of those by which Lambda writes the lines of a function, to whichever log group. */
export function isExecutionPolicy(arn: string): boolean {
  return EXECUTION_POLICY.test(unboundedAwsPolicy(arn) ?? '');
}

export function isAwsPolicy(arn: string): boolean {
  return arn.includes(':iam::aws:policy/');
}
