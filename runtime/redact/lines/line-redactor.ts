import { CENSOR } from '../../serialize/censor.js';
import { MIN_TELLING_NUMBER, PLAIN_RULES, type Rules } from '../../serialize/reading.js';
import { holdsName, holdsValue, isSecretName } from '../../serialize/secret-pairs.js';
import { mayHoldUrlCredentials } from '../../serialize/url-credentials.js';
import { maskNamed } from '../named/mask-named.js';
import type { Redactor } from '../redactor.js';
import type { Edit } from './edits.js';
import { partsOf, valuesAt } from './hidden-paths.js';
import {
  areHeaders,
  areWireHeaders,
  isCredential,
  isCredentialOfHttp,
  isHttp,
  isHiddenHeader,
  maskWireHeaders,
} from '../../serialize/http-headers.js';
import { credentialsIn, mayHoldHeaders } from './http-headers.js';
import type { JsonNode, ListNode, MemberNode, ObjectNode, TextNode, WordNode } from './json-nodes.js';

/** Characters that JSON need not escape, and that hide a sign of a secret from a quick test: `http:\/\/`, `\u0068eaders`. */
const ESCAPED = /\\(?:\/|u00[2-7])/;

/**
 * Hides secrets in lines that somebody else has made, by the rules by which records are redacted, and in any case credentials in URLs
 * and in the headers of requests and responses. It names the parts to replace, so that all else stays as it stands.
 */
export class LineRedactor {
  readonly #rules: Rules;
  readonly #paths: readonly (readonly string[])[];

  constructor({ rules, paths }: Pick<Redactor, 'rules' | 'paths'>) {
    this.#rules = rules ?? PLAIN_RULES;
    this.#paths = paths.map(partsOf);
  }

  /** A quick test that finds every line with something to hide, and many without. */
  mayHide(line: string): boolean {
    if (this.#rules !== PLAIN_RULES) return true;
    if (mayHoldHeaders(line) || mayHoldUrlCredentials(line)) return true;
    return line.includes('\\') && ESCAPED.test(line);
  }

  /** The parts of a line of JSON to replace. */
  edits(line: ObjectNode): Edit[] {
    return [...valuesAt(line, this.#paths).map(censored), ...new Walk(this.#rules).edits(line)];
  }

  /** Hides secrets in a line that is no JSON. */
  maskText(line: string): string {
    const masked = this.#rules.mask(line, '');
    return mayHoldHeaders(masked) ? maskNamed(masked, isCredential) : masked;
  }
}

/** Walks through one line. */
class Walk {
  readonly #rules: Rules;
  /** Values to hide, whatever they are. */
  readonly #hidden = new Set<JsonNode>();
  readonly #edits: Edit[] = [];
  readonly #hiddenNames = new Map<string, string>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  edits(line: ObjectNode): Edit[] {
    this.#object(line);
    return this.#edits;
  }

  #value(node: JsonNode, name: string): void {
    if (this.#hidden.has(node) || this.#rules.isSensitive(name)) this.#hide(node);
    else if (node.kind === 'text') this.#text(node, this.#rules.mask(node.text, name));
    else if (node.kind === 'word') this.#word(node, name);
    else if (node.kind === 'list') this.#list(node, name);
    else this.#object(node);
  }

  #text(node: TextNode, shown: string): void {
    if (shown === node.text) return;
    this.#edits.push({ from: node.from, to: node.to, text: JSON.stringify(shown) });
  }

  /** A large number may be that of a card, also in a form of which JavaScript would not write it. */
  #word(node: WordNode, name: string): void {
    if (!(Number(node.word) >= MIN_TELLING_NUMBER)) return;
    const isSecret = [node.word, String(Number(node.word))].some(
      (digits) => this.#rules.mask(digits, name) !== digits,
    );
    if (isSecret) this.#hide(node);
  }

  #list({ items }: ListNode, name: string): void {
    for (const [index, item] of items.entries()) {
      // In `["cookie", "…"]`, the item before a value is its name.
      if (this.#isSecretName(items[index - 1])) this.#hide(item);
      else this.#value(item, name);
    }
  }

  #object(node: ObjectNode): void {
    const { members } = node;
    const isOfHttp = isHttp(members.map(({ name }) => name.text));
    const isPair = members.some(({ name, value }) => holdsName(name.text) && this.#isSecretName(value));
    for (const member of members) {
      this.#text(member.name, this.#shownName(member.name.text));
      if (isPair && holdsValue(member.name.text)) this.#hide(member.value);
      else this.#member(member, isOfHttp);
    }
  }

  #member({ name: { text: name }, value }: MemberNode, isOfHttp: boolean): void {
    if (isHiddenHeader(name)) this.#hidden.add(value);
    if (areHeaders(name)) for (const each of credentialsIn(value, isOfHttp)) this.#hidden.add(each);
    if (isOfHttp && isCredentialOfHttp(name) && value.kind !== 'word') this.#hidden.add(value);
    if (isOfHttp && areWireHeaders(name) && value.kind === 'text' && !this.#hidden.has(value))
      this.#wireHeaders(value, name);
    else this.#value(value, name);
  }

  #wireHeaders(node: TextNode, name: string): void {
    const isHidden = this.#rules.isSensitive(name);
    this.#text(node, isHidden ? CENSOR : this.#rules.mask(maskWireHeaders(node.text, CENSOR), name));
  }

  /** Numbers the names that become the same by hiding, so that none replaces another. */
  #shownName(name: string): string {
    const shown = this.#rules.shownName(name);
    if (shown === name) return name;
    const count = this.#hiddenNames.size;
    const numbered = this.#hiddenNames.get(name) ?? (count === 0 ? shown : `${shown} ${count + 1}`);
    this.#hiddenNames.set(name, numbered);
    return numbered;
  }

  #isSecretName(node: JsonNode | undefined): boolean {
    return node?.kind === 'text' && isSecretName(node.text, this.#rules.isSensitive);
  }

  #hide(node: JsonNode): void {
    this.#edits.push(censored(node));
  }
}

function censored({ from, to }: JsonNode): Edit {
  return { from, to, text: JSON.stringify(CENSOR) };
}
