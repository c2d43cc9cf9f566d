import { variableName } from './codec.js';
import type { Problem } from './problems.js';
import { sections, type CloudWatchInput } from './sections.js';

/**
 * Settings of the sink that are fine one by one, and not together. A value for which `isUnresolved` holds (a CDK token)
 * is in no conflict.
 */
export function cloudWatchConflicts(
  values: CloudWatchInput,
  isUnresolved: (value: unknown) => boolean = () => false,
): Problem[] {
  const { logStreamName: name, logStreamPrefix: prefix, roleArn, externalId } = values;
  const problems: Problem[] = [];
  const isKnown = name !== undefined && prefix !== undefined && ![name, prefix].some(isUnresolved);
  if (isKnown && !name.startsWith(prefix)) {
    const allowed =
      `a name that begins with "${prefix}", because ${variable('logStreamPrefix')} says so and the role may write ` +
      `no other streams; begin the name with it, or set only one of the two`;
    problems.push({ where: variable('logStreamName'), value: name, allowed });
  }
  if (externalId !== undefined && roleArn === undefined) {
    const allowed = `nothing without ${variable('roleArn')}; set the role that asks for it, or leave it out`;
    problems.push({ where: variable('externalId'), value: externalId, allowed });
  }
  return problems;
}

function variable(key: keyof CloudWatchInput): string {
  return variableName(sections.cloudwatch, key);
}
