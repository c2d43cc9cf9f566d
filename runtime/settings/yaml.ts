import { requireFrom } from '../io/late-modules.cjs';
import { packageFolders } from '../io/package-folders.js';

/**
 * Loaded only when a file is read, by name, which bundlers do not follow: the parser is as large as the rest of this package, and
 * few files are YAML.
 */
type Parser = Pick<typeof import('yaml'), 'LineCounter' | 'isNode' | 'parseDocument'>;

export interface ParsedYaml {
  readonly value: unknown;
  /** What is malformed, and where. They quote nothing of the text, which the parser's own messages do. */
  readonly errors: readonly string[];
  /** The line of the value at this path, from 1; `undefined` if it is not known. */
  readonly lineOf?: (path: readonly string[]) => number | undefined;
}

let given: Parser | undefined;

/** Sets the parser, in an application that bundles it. */
export function useParser(parser: Parser): void {
  given = parser;
}

/** Parses YAML, or JSON. Without the parser, it parses JSON only and knows no lines. */
export function parseYaml(text: string): ParsedYaml {
  const parser = given ?? (requireFrom('yaml', packageFolders()) as Parser | undefined);
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
    return { value: JSON.parse(text), errors: [] };
  } catch {
    return { value: undefined, errors: [NO_PARSER] };
  }
}

/** Short, because it is shown as a value. */
const NO_PARSER = "not JSON; for YAML: npm install yaml; in a bundle, import 'fapilog-cloudwatch/yaml'";
