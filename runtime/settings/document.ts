import { checkValue } from '../../contract/check.js';
import type { GivenSettings, Places } from '../../contract/codec.js';
import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import { Withheld, withheld } from '../../contract/withheld.js';
import {
  fileKeys,
  sectionNames,
  sections,
  snakeCase,
  type Section,
  type SectionName,
} from '../../contract/sections.js';
import type { SettingsInput } from '../../contract/inputs.generated.js';
import type { ParsedYaml } from './yaml.js';

export interface DocumentSettings {
  readonly settings: GivenSettings;
  /** Settings of sinks and filters of plugins. */
  readonly foreign: PluginSettings;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

/** Settings of sinks and filters of plugins, by the names in the document or in code. The plugins check them. */
export interface PluginSettings {
  /** Settings of sinks, by the name of the sink. */
  readonly sinkConfig: Readonly<Record<string, unknown>>;
  /** Settings of filters, by the name of the filter. */
  readonly filterConfig: Readonly<Record<string, unknown>>;
}

/** An empty document. */
export const noSettings: DocumentSettings = {
  settings: {},
  foreign: { sinkConfig: {}, filterConfig: {} },
  places: new Map(),
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
  return new SettingsReader(parsed, name).read();
}

/** Checks settings given in code. Their keys are in camelCase. */
export function readCode(value: SettingsInput): DocumentSettings {
  return new SettingsReader({ value, errors: [] }).read();
}

class SettingsReader {
  readonly #parsed: ParsedDocument;
  /** `undefined` for code. */
  readonly #document: string | undefined;
  readonly #problems: Problem[] = [];
  readonly #settings: Record<string, Record<string, unknown>> = {};
  readonly #places = new Map<string, string>();
  readonly #foreign: Record<keyof PluginSettings, Record<string, unknown>> = {
    sinkConfig: {},
    filterConfig: {},
  };

  constructor(parsed: ParsedDocument, document?: string) {
    this.#parsed = parsed;
    this.#document = document;
  }

  read(): DocumentSettings {
    const { errors, value } = this.#parsed;
    for (const error of errors) {
      this.#problems.push({
        where: String(this.#document),
        value: new Withheld(error),
        allowed: 'YAML or JSON',
      });
    }
    for (const [key, inner] of this.#members([], value)) this.#readTop(key, inner);
    return {
      settings: this.#settings,
      foreign: this.#foreign,
      places: this.#places,
      problems: this.#problems,
    };
  }

  #readTop(key: string, value: unknown): void {
    const tops = sectionNames.map((name) => this.#spelled(sections[name].path[0]));
    const own = sectionNames.filter((_, index) => tops[index] === key);
    const [first] = own;
    if (!first) return this.#unknown([key], value, [...new Set(tops)]);
    const [top, isGroup]: Section['path'] = sections[first].path;
    if (isGroup === undefined) return this.#readSection(first, [key], value);
    for (const [name, inner] of this.#members([key], value)) {
      const section = own.find((each) => isSpellingOf(sections[each].path[1]!, name));
      if (section) this.#readSection(section, [key, name], inner);
      else this.#foreign[top as keyof PluginSettings][name] = inner;
    }
  }

  #readSection(name: SectionName, path: readonly string[], value: unknown): void {
    const section: Section = sections[name];
    this.#settings[name] ??= {};
    const keys = new Map(
      Object.keys(section.rows).flatMap((key) => this.#keysOf(section, key).map((field) => [field, key])),
    );
    for (const [field, given] of this.#members(path, value)) {
      const key = keys.get(field);
      const inner = [...path, field];
      if (key !== undefined) this.#readSetting(name, key, inner, given);
      else if (field === 'config' && this.#isFilterOfDocument(section)) this.#readSection(name, inner, given);
      else this.#unknown(inner, given, [...keys.keys()]);
    }
  }

  #readSetting(name: SectionName, key: string, path: readonly string[], given: unknown): void {
    if (given === null || given === undefined) return;
    const row = (sections[name] as Section).rows[key]!;
    const outcome = checkValue(row, given, '');
    if ('problem' in outcome) return this.#problem(path, given, outcome.problem.allowed);
    const values = this.#settings[name]!;
    const earlier = this.#places.get(`${name}.${key}`);
    if (earlier !== undefined && row.kind.encode(outcome.value) !== row.kind.encode(values[key])) {
      return this.#problem(path, given, `what ${earlier} says, because it is the same setting`);
    }
    values[key] = outcome.value;
    this.#places.set(`${name}.${key}`, this.#where(path));
  }

  #spelled(key: string): string {
    return this.#document === undefined ? key : snakeCase(key);
  }

  #keysOf(section: Section, key: string): readonly string[] {
    return this.#document === undefined ? [key] : fileKeys(section, key);
  }

  /** There, Python's documents put the fields of a filter under `config`. */
  #isFilterOfDocument({ path }: Section): boolean {
    return this.#document !== undefined && path[0] === 'filterConfig';
  }

  /** The members of a mapping; none of an absent one. Any other value is a problem. */
  #members(path: readonly string[], value: unknown): [key: string, value: unknown][] {
    if (value === null || value === undefined) return [];
    const mapping = asMapping(value);
    if (mapping) return Object.entries(mapping);
    this.#problem(path, value, 'a mapping of settings');
    return [];
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
    if (this.#document === undefined) return path.join('.') || 'settings';
    const line = this.#parsed.lineOf?.(path);
    return `${this.#document}${line === undefined ? '' : `:${line}`}: ${path.join('.')}`;
  }
}

/** Whether a key means the sink or filter of this section. */
function isSpellingOf(section: string, key: string): boolean {
  return snakeCase(key).replaceAll('-', '_') === snakeCase(section);
}

/** A mapping by its keys; `undefined` for anything else. */
export function asMapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping ? (value as Readonly<Record<string, unknown>>) : undefined;
}
