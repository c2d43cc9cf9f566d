import { variableName } from './codec.js';
import type { Problem } from './problems.js';
import { sections, type CloudWatchInput } from './sections.js';

/**
 * Finds settings of the sink that are valid one by one, but not together. Skips values for which `isUnresolved` holds (CDK
 * tokens).
 *
 * @param nameOf how messages name a setting; by default its variable
 */
export function cloudWatchConflicts(
  values: CloudWatchInput,
  isUnresolved: (value: unknown) => boolean = () => false,
  nameOf: (key: keyof CloudWatchInput) => string = variable,
): Problem[] {
  const { logStreamName: name, logStreamPrefix: prefix, roleArn, externalId } = values;
  const problems: Problem[] = [];
  const isKnown = name !== undefined && prefix !== undefined && ![name, prefix].some(isUnresolved);
  if (isKnown && !name.startsWith(prefix)) {
    const allowed =
      `a name that begins with "${prefix}", because ${nameOf('logStreamPrefix')} says so and the role may write ` +
      `no other streams; begin the name with it, or set only one of the two`;
    problems.push({ where: nameOf('logStreamName'), value: name, allowed });
  }
  if (externalId !== undefined && roleArn === undefined) {
    const allowed = `nothing without ${nameOf('roleArn')}; set the role that asks for it, or leave it out`;
    problems.push({ where: nameOf('externalId'), value: externalId, allowed });
  }
  if (values.spoolMode === 'always' && values.spoolDir === undefined) {
    const allowed = `overflow without ${nameOf('spoolDir')}; set the directory, or leave the mode out`;
    problems.push({ where: nameOf('spoolMode'), value: values.spoolMode, allowed });
  }
  return problems;
}

function variable(key: keyof CloudWatchInput): string {
  return variableName(sections.cloudwatch, key);
}
