import type { Statement } from './deployed-stacks.js';

/** The conditions of a statement, each as a line: key, operator, value. */
export function conditionLines({ Condition = {} }: Statement): string[] {
  return Object.entries(Condition).flatMap(([operator, values]) =>
    Object.entries(values).map(([key, value]) => `\`${key}\` ${operator} \`${value}\``),
  );
}
