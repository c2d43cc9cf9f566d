import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { ModelShape } from './api-model.js';

/** A schema of the AWS SDK: kind, namespace, name, traits, names of members, their schemas. */
type Schema = readonly [number, string, string, unknown, readonly string[], readonly unknown[]];

/** How the SDK writes simple types in the schema of a member. */
const SIMPLE_TYPES: ReadonlyMap<unknown, string> = new Map([
  [0, 'string'],
  [1, 'long'],
  [2, 'boolean'],
]);

/** Names of all operations that the installed SDK knows. */
export function sdkOperations(): string[] {
  return Object.keys(sdk)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.slice(0, -'Command'.length));
}

/** Values of an enumeration that the installed SDK knows. */
export function sdkValues(name: string): string[] {
  const values = (sdk as Readonly<Record<string, unknown>>)[name];
  return typeof values === 'object' && values !== null ? Object.values(values).map(String) : [];
}

/** Simple members of a structure that the installed SDK knows, with their types. */
export function sdkMembers(structure: string): Map<string, ModelShape> {
  const schema = (sdk as Readonly<Record<string, unknown>>)[`${structure}$`] as Schema | undefined;
  if (schema === undefined) return new Map();
  const [, , , , names, schemas] = schema;
  const simple = names.map((name, index) => [name, SIMPLE_TYPES.get(schemas[index])] as const);
  return new Map(simple.flatMap(([name, type]) => (type === undefined ? [] : [[name, { type }]])));
}
