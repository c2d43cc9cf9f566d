import type { GivenSettings } from './codec.js';
import { fileKeys, filePath, sectionNames, sections, type Section } from './sections.js';

/** Settings in the shape of a file: mappings, with the settings' values as they are. */
export interface SettingsDocument {
  readonly [key: string]: unknown;
}

/**
 * Settings as a file has them, ready to be written as JSON: keys in snake_case, and only what is given. Values stay as they
 * are, CDK tokens too.
 */
export function settingsDocument(settings: GivenSettings): SettingsDocument {
  const document: Record<string, unknown> = {};
  for (const name of sectionNames) {
    const section: Section = sections[name];
    const given = Object.entries(settings[name] ?? {}).filter(([, value]) => value !== undefined);
    if (given.length === 0) continue;
    const [outer, inner] = filePath(section);
    const values = Object.fromEntries(given.map(([key, value]) => [fileKeys(section, key)[0], value]));
    document[outer!] = inner === undefined ? values : { ...(document[outer!] as object), [inner]: values };
  }
  return document;
}
