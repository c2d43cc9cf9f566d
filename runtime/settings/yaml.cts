/**
 * CommonJS, so that the parser can be loaded when a file is read, and not before, without making settings asynchronous.
 */
export interface ParsedYaml {
  readonly value: unknown;
  /** Sentences, each with its line. */
  readonly errors: readonly string[];
  /** The line on which the value at this path stands, from 1. */
  lineOf(path: readonly string[]): number | undefined;
}

/** YAML, of which JSON is a part. */
export function parseYaml(text: string): ParsedYaml {
  const { LineCounter, isNode, parseDocument } = require('yaml') as typeof import('yaml', {
    with: { 'resolution-mode': 'require' },
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return {
    value: document.errors.length === 0 ? (document.toJS() as unknown) : undefined,
    errors: document.errors.map(({ message }) => message.split('\n', 1)[0] ?? message),
    lineOf(path) {
      const node = document.getIn(path, true);
      return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
    },
  };
}
