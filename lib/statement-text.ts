import { region_info as regionInfo, type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { isUnresolved } from './tokens.js';

/**
 * The statement as JSON, to be pasted. The stack has its name at synthesis there, and its partition if the Region is
 * known. Values that only the deployment knows appear as `${AWS::AccountId}` and the like, as `Fn::Sub` takes them.
 */
export function statementText(statement: iam.PolicyStatement, stack: Stack): string {
  const known = knownTexts(stack);
  const spelt = (text: string) =>
    text.replaceAll(/\$\{[^}]*\}/g, (reference) => known[reference] ?? reference);
  return jsonOf(stack.resolve(statement.toStatementJson()), spelt);
}

/** Resolved JSON, with `${…}` in place of each reference. */
export function jsonOf(resolved: unknown, spell = (text: string): string => text): string {
  return JSON.stringify(resolved, (_, value: unknown) => (isIntrinsic(value) ? spell(textOf(value)) : value));
}

function knownTexts({ region, stackName }: Stack): Readonly<Record<string, string | undefined>> {
  return {
    '${AWS::StackName}': isUnresolved(stackName) ? undefined : stackName,
    '${AWS::Partition}': isUnresolved(region) ? undefined : regionInfo.RegionInfo.get(region).partition,
  };
}

/** Text of a resolved value, with `${…}` in place of each reference. */
export function textOf(value: unknown): string {
  if (!isIntrinsic(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const [[name, argument]] = Object.entries(value) as [[string, unknown]];
  if (name === 'Ref') return `\${${String(argument)}}`;
  if (name === 'Fn::GetAtt') return `\${${[argument].flat().join('.')}}`;
  if (name === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (name !== 'Fn::Join') return `\${${name} ${JSON.stringify(argument).replaceAll(/[{}"]/g, '')}}`;
  const [separator, parts] = argument as [string, unknown];
  return Array.isArray(parts) ? parts.map(textOf).join(separator) : textOf(parts);
}

function isIntrinsic(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value);
  return names.length === 1 && /^(Ref|Fn::\w+)$/.test(names[0]!);
}
