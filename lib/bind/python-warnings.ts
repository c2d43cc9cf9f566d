import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Definition } from '../define/definition.js';

const ID = 'fapilog-cloudwatch:pythonReader';

/**
 * Warns of settings that do harm in Python programs.
 *
 * @param known whose findings are reported elsewhere already
 */
export function warnOfPython(construct: IConstruct, definition: Definition, known?: Definition): void {
  const reported = new Set(known?.pythonFindings.map(({ text }) => text));
  for (const { name, text } of definition.pythonFindings) {
    if (!reported.has(text)) Annotations.of(construct).addWarningV2(`${ID}:${name}`, text);
  }
}

/** Warns of settings that are published for a program that cannot find them. */
export function warnOfParameter(construct: IConstruct, { isForPython }: Definition): void {
  if (!isForPython) return;
  Annotations.of(construct).addWarningV2(
    `${ID}:publishSettings`,
    "Python's fapilog reads no SSM parameter and finds none of these settings; " +
      'set the variables that environment, toKeyValuePairs(…) or another exporter returns',
  );
}

/** Warns of a function that runs Python and gets variables that are written for Node.js. */
export function warnOfRuntime(
  construct: IConstruct & { readonly runtime?: unknown },
  { isForPython }: Definition,
): void {
  if (isForPython || !isPython(construct.runtime)) return;
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:pythonRuntime',
    'it runs Python, and its variables are written for Node.js; ' +
      'bind it with readers: ["python"], or with both readers if it runs both',
  );
}

function isPython(runtime: unknown): boolean {
  const { name } = (runtime ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' && name.startsWith('python');
}
