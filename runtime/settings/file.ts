import { readFileSync } from 'node:fs';
import { checkValue } from '../../contract/check.js';
import type { GivenSettings } from '../../contract/codec.js';
import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import { fileKey, filePath, sectionNames, sections, type Section } from '../../contract/sections.js';
import { parseYaml, type ParsedYaml } from './yaml.cjs';

export interface FileSettings {
  readonly settings: GivenSettings;
  /** What the file says of sinks and filters that are not ours, by their name there. */
  readonly foreign: Foreign;
  readonly problems: readonly Problem[];
}

/** Settings of plugins, not checked yet. */
export interface Foreign {
  readonly sinkConfig: Readonly<Record<string, unknown>>;
  readonly filterConfig: Readonly<Record<string, unknown>>;
}

export const noForeign: Foreign = { sinkConfig: {}, filterConfig: {} };

/** Reads a YAML or JSON file. Keys are those of the variables, in lower case. */
export function readSettingsFile(path: string): FileSettings {
  try {
    return new SettingsFile(path, parseYaml(readFileSync(path, 'utf8'))).read();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const problem = { where: 'settings file', value: path, allowed: `a file that can be read (${reason})` };
    return { settings: {}, foreign: noForeign, problems: [problem] };
  }
}

type Node = Readonly<Record<string, unknown>>;

class SettingsFile {
  readonly #name: string;
  readonly #yaml: ParsedYaml;
  readonly #problems: Problem[] = [];
  readonly #settings: Record<string, Record<string, unknown>> = {};
  readonly #foreign: Record<keyof Foreign, Record<string, unknown>> = { sinkConfig: {}, filterConfig: {} };

  constructor(name: string, yaml: ParsedYaml) {
    this.#name = name;
    this.#yaml = yaml;
  }

  read(): FileSettings {
    for (const error of this.#yaml.errors) {
      this.#problems.push({ where: this.#name, value: error, allowed: 'YAML or JSON' });
    }
    const root = this.#node([], this.#yaml.value ?? {});
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
        if ('problem' in outcome) this.#problems.push(outcome.problem);
        else values[key] = outcome.value;
      }
    }
  }

  /** A mapping; anything else is a problem, nothing is an empty one. */
  #node(path: readonly string[], value: unknown): Node {
    if (value === null || value === undefined) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Node;
    this.#problems.push({ where: this.#where(path), value, allowed: 'a mapping of settings' });
    return {};
  }

  #unknown(path: readonly string[], value: unknown, known: readonly string[]): void {
    const meant = nearest(path.at(-1)!, known);
    const allowed = `no such setting; ${meant ? `did you mean "${meant}"?` : `there are ${known.join(', ')}`}`;
    this.#problems.push({ where: this.#where(path), value, allowed });
  }

  #where(path: readonly string[]): string {
    const line = this.#yaml.lineOf(path);
    return `${this.#name}${line === undefined ? '' : `:${line}`}: ${path.join('.')}`;
  }
}

function samePath(section: Section, parts: readonly string[]): boolean {
  const path = filePath(section);
  return path.length === parts.length && path.every((part, index) => part === parts[index]);
}
