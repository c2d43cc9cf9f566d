import { runSimulation } from '@cloud-copilot/iam-simulate';
import { proveWriter } from 'fapilog-cloudwatch/cdk/testing';

const statement = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: 'arn:aws:logs:eu-central-1:123456789012:log-group:/myapp/production:*',
};
const properties = {
  AssumeRolePolicyDocument: {},
  Policies: [{ PolicyName: 'writer', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
};
const group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/myapp/production' } };
const Resources = { Writer: { Type: 'AWS::IAM::Role', Properties: properties }, Group: group };
const place = { region: 'eu-central-1', accountId: '123456789012' };
void proveWriter({ Resources }, { ...place, simulate: runSimulation }).then(({ calls, violations }) =>
  console.log(JSON.stringify({ judged: calls.length > 0, violations })),
);
