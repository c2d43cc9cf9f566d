import { checkValue } from '../../contract/check.js';
import type { GivenSettings } from '../../contract/codec.js';
import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import { Withheld, withheld } from '../../contract/withheld.js';
import { fileKey, filePath, sectionNames, sections, type Section } from '../../contract/sections.js';
import type { ParsedYaml } from './yaml.js';

export interface DocumentSettings {
  readonly settings: GivenSettings;
  /** Settings of sinks and filters of plugins. */
  readonly foreign: PluginSettings;
  readonly problems: readonly Problem[];
}

/** Settings of sinks and filters of plugins, by the names in the document or in code. The plugins check them. */
export interface PluginSettings {
  readonly sinkConfig: Readonly<Record<string, unknown>>;
  readonly filterConfig: Readonly<Record<string, unknown>>;
}

/** An empty document. */
export const noSettings: DocumentSettings = {
  settings: {},
  foreign: { sinkConfig: {}, filterConfig: {} },
  problems: [],
};

/** A parsed document. */
export interface ParsedDocument extends ParsedYaml {
  /** Whether problems must not show its values. @default false */
  readonly isSecret?: boolean | undefined;
}

/**
 * Checks the settings of a document from a file or a parameter. Its keys are those of the variables, in lower case.
 *
 * @param name of the document in problems
 */
export function readDocument(name: string, parsed: ParsedDocument): DocumentSettings {
  return new DocumentReader(name, parsed).read();
}

type Node = Readonly<Record<string, unknown>>;

class DocumentReader {
  readonly #name: string;
  readonly #parsed: ParsedDocument;
  readonly #problems: Problem[] = [];
  readonly #settings: Record<string, Record<string, unknown>> = {};
  readonly #foreign: Record<keyof PluginSettings, Record<string, unknown>> = {
    sinkConfig: {},
    filterConfig: {},
  };

  constructor(name: string, parsed: ParsedDocument) {
    this.#name = name;
    this.#parsed = parsed;
  }

  read(): DocumentSettings {
    for (const error of this.#parsed.errors) {
      this.#problems.push({ where: this.#name, value: new Withheld(error), allowed: 'YAML or JSON' });
    }
    const root = this.#node([], this.#parsed.value ?? {});
    for (const [key, value] of Object.entries(root)) this.#readTop(key, value);
    return { settings: this.#settings, foreign: this.#foreign, problems: this.#problems };
  }

  #readTop(key: string, value: unknown): void {
    const tops = [...new Set(sectionNames.map((name) => filePath(sections[name])[0]!))];
    if (!tops.includes(key)) return this.#unknown([key], value, tops);
    const own = sectionNames.find((name) => samePath(sections[name], [key]));
    if (own) return this.#readSection(own, [key], value);
    for (const [name, inner] of Object.entries(this.#node([key], value))) this.#readInner(key, name, inner);
  }

  #readInner(top: string, name: string, value: unknown): void {
    const canonical = name.toLowerCase().replaceAll('-', '_');
    const own = sectionNames.find((each) => samePath(sections[each], [top, canonical]));
    if (own) this.#readSection(own, [top, name], value);
    else this.#foreign[top === 'sink_config' ? 'sinkConfig' : 'filterConfig'][name] = value;
  }

  #readSection(name: string, path: readonly string[], value: unknown): void {
    const section: Section = sections[name as keyof typeof sections];
    const values: Record<string, unknown> = (this.#settings[name] = {});
    const keys = new Map(Object.keys(section.rows).map((key) => [fileKey(section, key), key]));
    for (const [field, given] of Object.entries(this.#node(path, value))) {
      const key = keys.get(field);
      if (key === undefined) this.#unknown([...path, field], given, [...keys.keys()]);
      else if (given !== null) {
        const outcome = checkValue(section.rows[key]!, given, this.#where([...path, field]));
        if ('problem' in outcome) this.#problem([...path, field], given, outcome.problem.allowed);
        else values[key] = outcome.value;
      }
    }
  }

  /** The value as a mapping; an absent one is empty, and any other value is a problem. */
  #node(path: readonly string[], value: unknown): Node {
    if (value === null || value === undefined) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Node;
    this.#problem(path, value, 'a mapping of settings');
    return {};
  }

  #unknown(path: readonly string[], value: unknown, known: readonly string[]): void {
    const meant = nearest(path.at(-1)!, known);
    const allowed = `no such setting; ${meant ? `did you mean "${meant}"?` : `there are ${known.join(', ')}`}`;
    this.#problem(path, value, allowed);
  }

  #problem(path: readonly string[], value: unknown, allowed: string): void {
    const shareable = this.#parsed.isSecret ? withheld(value) : value;
    this.#problems.push({ where: this.#where(path), value: shareable, allowed });
  }

  #where(path: readonly string[]): string {
    const line = this.#parsed.lineOf(path);
    return `${this.#name}${line === undefined ? '' : `:${line}`}: ${path.join('.')}`;
  }
}

function samePath(section: Section, parts: readonly string[]): boolean {
  const path = filePath(section);
  return path.length === parts.length && path.every((part, index) => part === parts[index]);
}
