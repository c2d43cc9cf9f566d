import { readFileSync } from 'node:fs';
import { packageFolders } from './package-folders.js';
import { noSettings, readDocument, type DocumentSettings } from './document.js';
import { parseYaml } from './yaml.cjs';

/** Reads a YAML or JSON file. */
export function readSettingsFile(path: string): DocumentSettings {
  try {
    return readDocument(path, parseYaml(readFileSync(path, 'utf8'), packageFolders()));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const problem = { where: 'settings file', value: path, allowed: `a file that can be read (${reason})` };
    return { ...noSettings, problems: [problem] };
  }
}
