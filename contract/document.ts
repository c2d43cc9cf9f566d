import type { GivenSettings } from './codec.js';
import { fileKey, filePath, sectionNames, sections, type Section } from './sections.js';

/** Settings in the shape of a file: mappings, with the settings' values as they are. */
export interface SettingsDocument {
  readonly [key: string]: unknown;
}

/**
 * Settings as a file holds them, for whoever writes it as JSON: keys in snake_case, none for what is not given. Values
 * are not touched, so that CDK tokens stay what they are.
 */
export function settingsDocument(settings: GivenSettings): SettingsDocument {
  const document: Record<string, unknown> = {};
  for (const name of sectionNames) {
    const section: Section = sections[name];
    const given = Object.entries(settings[name] ?? {}).filter(([, value]) => value !== undefined);
    if (given.length === 0) continue;
    const [outer, inner] = filePath(section);
    const values = Object.fromEntries(given.map(([key, value]) => [fileKey(section, key), value]));
    document[outer!] = inner === undefined ? values : { ...(document[outer!] as object), [inner]: values };
  }
  return document;
}
