import { endOfString } from '../named/quote.js';
import { charactersOf, skipSpace } from '../named/values.js';

/** The place of a value in the text of a line. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export interface TextNode extends Span {
  readonly kind: 'text';
  readonly text: string;
}

/** A number, `true`, `false` or `null`. */
export interface WordNode extends Span {
  readonly kind: 'word';
  readonly word: string;
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly JsonNode[];
}

export interface ObjectNode extends Span {
  readonly kind: 'object';
  readonly members: readonly MemberNode[];
}

export interface MemberNode {
  readonly name: TextNode;
  readonly value: JsonNode;
}

/** A value of JSON, and where it stands in its text. Of several members with one name, an object has all. */
export type JsonNode = TextNode | WordNode | ListNode | ObjectNode;

/** More levels would need much stack. */
const MAX_DEPTH = 200;

const isOfWord = charactersOf(/[\w.+-]/);

const STRING = { mark: '"', backslashes: 0 };

/**
 * Parses an object of JSON. It is there to find values, not to judge: some texts pass that are no JSON.
 *
 * @returns `undefined` for a text that is no JSON, no object, or nested too deeply
 */
export function objectNode(text: string): ObjectNode | undefined {
  try {
    const parser = new Parser(text);
    const node = parser.value(0);
    parser.finish();
    return node.kind === 'object' ? node : undefined;
  } catch {
    return undefined;
  }
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    switch (this.#next()) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
      default:
        return this.#word();
    }
  }

  /** @throws SyntaxError if text is left */
  finish(): void {
    if (this.#next() !== undefined) this.#fail();
  }

  #object(depth: number): ObjectNode {
    const from = this.#at;
    const members: MemberNode[] = [];
    this.#inside('}', depth, () => {
      if (this.#next() !== '"') this.#fail();
      const name = this.#string();
      this.#take(':');
      members.push({ name, value: this.value(depth + 1) });
    });
    return { kind: 'object', from, to: this.#at, members };
  }

  #list(depth: number): ListNode {
    const from = this.#at;
    const items: JsonNode[] = [];
    this.#inside(']', depth, () => void items.push(this.value(depth + 1)));
    return { kind: 'list', from, to: this.#at, items };
  }

  /** Reads what stands between two brackets, divided by commas. */
  #inside(end: string, depth: number, readOne: () => void): void {
    if (depth >= MAX_DEPTH) this.#fail();
    this.#at++;
    if (this.#next() !== end) {
      readOne();
      while (this.#next() === ',') {
        this.#at++;
        readOne();
      }
    }
    this.#take(end);
  }

  #string(): TextNode {
    const from = this.#at;
    const end = endOfString(this.#text, from + 1, STRING);
    if (end >= this.#text.length) this.#fail();
    this.#at = end + 1;
    const inner = this.#text.slice(from + 1, end);
    const text = inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
    return { kind: 'text', from, to: this.#at, text };
  }

  #word(): WordNode {
    const from = this.#at;
    while (isOfWord(this.#text, this.#at)) this.#at++;
    if (this.#at === from) this.#fail();
    return { kind: 'word', from, to: this.#at, word: this.#text.slice(from, this.#at) };
  }

  /** The next character that is no space. */
  #next(): string | undefined {
    this.#at = skipSpace(this.#text, this.#at);
    return this.#text[this.#at];
  }

  #take(character: string): void {
    if (this.#next() !== character) this.#fail();
    this.#at++;
  }

  #fail(): never {
    throw new SyntaxError(`no JSON at ${this.#at}`);
  }
}
