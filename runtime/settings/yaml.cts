import { requireFrom } from '../io/late-modules.cjs';

/**
 * CommonJS, so that the parser can be loaded when a file is read, and not before, without making settings asynchronous. It
 * is loaded by its name, which bundlers do not follow: it is as large as all of this package, and few files are YAML.
 */
type Parser = Pick<
  typeof import('yaml', { with: { 'resolution-mode': 'require' } }),
  'LineCounter' | 'isNode' | 'parseDocument'
>;

export interface ParsedYaml {
  readonly value: unknown;
  /** What is wrong and where. They quote nothing of the text, as the parser's own messages do. */
  readonly errors: readonly string[];
  /** The line on which the value at this path stands, from 1. */
  lineOf(path: readonly string[]): number | undefined;
}

let given: Parser | undefined;

/** The parser, where it is part of a bundle. */
export function useParser(parser: Parser): void {
  given = parser;
}

/**
 * YAML, of which JSON is a part.
 *
 * @param folders where the parser is looked for, besides this package; without it, only JSON is read, and lines are not known
 */
export function parseYaml(text: string, folders: readonly string[], name = 'yaml'): ParsedYaml {
  const parser = given ?? (requireFrom(name, folders) as Parser | undefined);
  return parser ? parseWith(parser, text) : parseJson(text);
}

function parseWith({ LineCounter, isNode, parseDocument }: Parser, text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return {
    value: document.errors.length === 0 ? (document.toJS() as unknown) : undefined,
    errors: document.errors.map(({ code, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return `${code.toLowerCase().replaceAll('_', ' ')} at line ${line}, column ${col}`;
    }),
    lineOf(path) {
      const node = document.getIn(path, true);
      return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
    },
  };
}

function parseJson(text: string): ParsedYaml {
  try {
    return { value: JSON.parse(text), errors: [], lineOf: noLine };
  } catch {
    return { value: undefined, errors: [NO_PARSER], lineOf: noLine };
  }
}

function noLine(): undefined {
  return undefined;
}

/** Short, because it is shown as a value. */
const NO_PARSER = "not JSON; for YAML in a bundle, import 'fapilog-cloudwatch/yaml' or install yaml";
