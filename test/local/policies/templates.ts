export const account = '123456789012';
export const region = 'eu-central-1';
export const group = `arn:aws:logs:${region}:${account}:log-group:/app`;

export const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

type Members = Readonly<Record<string, unknown>>;

export function allow(action: unknown, resource: unknown, more: Members = {}): Members {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function document(...statements: Members[]): Members {
  return { Version: '2012-10-17', Statement: statements };
}

export function policy(...statements: Members[]): Members {
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'Writer', Roles: [{ Ref: 'Role' }], PolicyDocument: document(...statements) },
  };
}

export function managedPolicy(properties: Members): Members {
  return { Type: 'AWS::IAM::ManagedPolicy', Properties: properties };
}

export function role(properties: Members = {}): Members {
  return { Type: 'AWS::IAM::Role', Properties: { RoleName: 'writer', ...properties } };
}

/** A log group `/app`, a role, and what else is given. */
export function template(resources: Members): { Resources: Members } {
  const Group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app' } };
  return { Resources: { Group, Role: role(), ...resources } };
}

/** As {@link template}, with one policy of these statements. */
export function templateOf(...statements: Members[]): { Resources: Members } {
  return template({ Policy: policy(...statements) });
}
