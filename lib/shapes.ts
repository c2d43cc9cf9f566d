import { assertNoProblems, shown, type Problem } from '../contract/problems.js';
import { isUnresolved } from './tokens.js';

/** The kind of value that the other checks rely on. TypeScript guarantees it, JavaScript does not. */
interface Shape {
  readonly allowed: string;
  readonly fits: (value: unknown) => boolean;
}

const byName = (example: string): Shape => ({
  allowed: `an object such as ${example}`,
  fits: (value) => isObject(value) && !Array.isArray(value),
});

const member = (name: string, allowed: string): Shape => ({ allowed, fits: (value) => has(value, name) });

const SHAPES: Readonly<Record<string, Shape>> = {
  settings: byName('{ batchSize: 500 }'),
  sampling: byName('{ rate: 0.1 }'),
  rateLimit: byName('{ capacity: 100 }'),
  role: member('roleArn', 'a role; iam.Role.fromRoleArn(…) makes one of an ARN'),
  assumedBy: member('policyFragment', 'one of Trust, such as Trust.lambda(), or another iam.IPrincipal'),
  permissionsBoundary: member(
    'managedPolicyArn',
    'a managed policy; iam.ManagedPolicy.fromManagedPolicyArn(…) makes one of an ARN',
  ),
  encryptionKey: {
    allowed: 'true, or a key; kms.Key.fromKeyArn(…) makes one of an ARN',
    fits: (value) => value === true || has(value, 'keyArn'),
  },
  bucket: member('bucketArn', 'a bucket; s3.Bucket.fromBucketName(…) makes one of a name'),
  dataProtectionPolicy: byName('new logs.DataProtectionPolicy(…)'),
  fieldIndexes: { allowed: 'a list of names', fits: Array.isArray },
  parameterName: {
    allowed: 'a name such as /myapp/production/logging',
    fits: (value) => typeof value === 'string',
  },
  sensitive: {
    allowed: 'a list of Sensitive, such as [Sensitive.EMAIL]',
    fits: (value) => Array.isArray(value) && value.every((each) => has(each, 'identifiers')),
  },
};

/**
 * Checks the kinds of values, which the checks of single values take for granted.
 *
 * @param problems those of other options, to be reported by the same error
 * @throws SettingsError listing every option of another kind
 */
export function assertShapes(options: object, where: string, problems: readonly Problem[] = []): void {
  if (!isObject(options)) {
    assertNoProblems([{ where, value: options, allowed: 'an object of options, or nothing' }]);
  }
  const found = Object.entries(options).flatMap(([key, value]) => shapeProblems(key, value, where));
  if (found.length > 0) assertNoProblems([...problems, ...found]);
}

function shapeProblems(key: string, value: unknown, where: string): Problem[] {
  const shape = Object.hasOwn(SHAPES, key) ? SHAPES[key] : undefined;
  if (!shape || value === undefined || isUnresolved(value) || shape.fits(value)) return [];
  return [{ where: `${where}.${key}`, value, allowed: shape.allowed }];
}

/**
 * Checks that CDK can grant to a value.
 *
 * @throws Error if it has no grant principal
 */
export function assertGrantable(grantee: unknown, where: string): void {
  if (has(grantee, 'grantPrincipal')) return;
  throw new Error(
    `${where}: cannot grant access to ${asGiven(grantee)}, which has no grant principal; ` +
      'pass a role, a user, or whatever else CDK grants to',
  );
}

/** The text of a wrong value, for a message. */
export function asGiven(value: unknown): string {
  return value === undefined ? 'undefined' : shown(value);
}

function has(value: unknown, name: string): boolean {
  return isObject(value) && name in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
