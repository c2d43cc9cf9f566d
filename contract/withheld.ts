import { inspect, types } from 'node:util';
import { SENSITIVE_KEYS } from './settings/redaction.js';

/** Stands in an error for a value that may be a secret, and says what kind of value it was. */
export class Withheld {
  constructor(readonly description: string) {}

  toString(): string {
    return `<${this.description}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Words in the names of settings that hold a secret, or an id that helps to assume a role; those of fields as well. */
const WORDS = [...SENSITIVE_KEYS, 'external_id', 'credential', 'access_key', 'signing_key'];

/** Made for the first error: the engine takes long to learn which characters of all scripts are letters. */
let words: readonly string[] | undefined;

/** Whether a setting of this name may hold a secret. Errs on the safe side: it only decides what an error shows. */
export function isSecretName(name: string): boolean {
  const letters = bare(name);
  words ??= WORDS.map(bare);
  return words.some((word) => letters.includes(word));
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Levels of nesting that an error shows. */
const SHOWN_LEVELS = 3;

/**
 * A value as an error may hold it. Withholds values under secret-like names, at any depth, texts that are documents, and
 * objects with a class, since nobody knows what is in them. URLs lose their credentials and what follows their path.
 *
 * @param where a variable or a path of keys, perhaps after the name of a file or of a construct
 */
export function presentable(where: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  const keys = where.slice(where.lastIndexOf(': ') + 1).split(/[.[\]]|__/);
  try {
    return keys.some(isSecretName) ? withheld(value) : withoutSecrets(value, SHOWN_LEVELS);
  } catch {
    return new Withheld('object that cannot be read');
  }
}

/** Stands for a value of which an error shows only type and size. */
export function withheld(value: unknown): Withheld {
  if (value instanceof Withheld) return value;
  if (typeof value === 'string') return new Withheld(`text of ${value.length} characters`);
  if (Array.isArray(value)) return new Withheld(`list of ${value.length}`);
  return new Withheld(typeof value === 'object' ? classOf(value) : typeof value);
}

function classOf(value: object | null): string {
  const { name } = (value?.constructor ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' && name !== 'Object' ? name : 'object';
}

function withoutSecrets(value: unknown, levels: number): unknown {
  if (typeof value === 'string') {
    const text = withoutUrlSecrets(value);
    return isDocument(value) || mayBeSecret(text) ? withheld(value) : text;
  }
  if (typeof value !== 'object' || value === null || types.isDate(value)) return value;
  if (levels === 0 || !isContainer(value)) return withheld(value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, levels - 1));
  const members = Object.entries(value).map(([key, member]) => [
    key,
    isSecretName(key) ? withheld(member) : withoutSecrets(member, levels - 1),
  ]);
  return Object.fromEntries(members) as unknown;
}

function isContainer(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** JSON or a part of it, also with quotes that a shell left around it. */
function isDocument(text: string): boolean {
  return /^\s*["']?\s*\[?\s*\{|["']\s*:/.test(text);
}

/**
 * Whether a text looks like a secret that stands in the wrong place: it gives a value to a name (`password=x`, `token: x`), it is a
 * credential of a scheme (`Bearer x`), it begins as keys and tokens do, or it has a long run of mixed letters and digits.
 */
function mayBeSecret(text: string): boolean {
  return (
    /=|:\s|^\s*(?:basic|bearer|digest)\s/i.test(text) ||
    /\b(?:A[KS]IA[A-Z\d]{12}|gh[a-z]_|github_pat_|glpat-|sk-|sk_|xox[a-z]-|eyJ)/.test(text) ||
    /-----BEGIN/.test(text) ||
    (text.match(/[a-z\d+]{16,}|^[a-z\d+][a-z\d+/]{39}$/gi) ?? []).some(isMixed)
  );
}

function isMixed(run: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/].every((characters) => characters.test(run));
}

/** A text in which URLs have lost their logins and what follows their path. A password may hold any character up to the last `@`. */
export function withoutUrlSecrets(text: string): string {
  return text
    .replaceAll(/(^|\/\/)[^/\s:@]*:(?!\/\/)[^\s@]*@/g, '$1***@')
    .replaceAll(/\/\/[^/\s]+@/g, '//***@')
    .replaceAll(/(\/\/[^\s?#]*)[?#]\S+/g, '$1?…');
}
