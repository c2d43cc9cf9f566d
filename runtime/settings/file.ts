import { readFileSync } from 'node:fs';
import { noSettings, readDocument, type DocumentSettings } from './document.js';
import { parseYaml } from './yaml.js';

/** Reads the settings of a YAML or JSON file. */
export function readSettingsFile(path: string): DocumentSettings {
  try {
    return readDocument(path, parseYaml(readFileSync(path, 'utf8')));
  } catch (error) {
    // No message, which may quote the file: the parser takes a password that begins with an asterisk for an undefined alias.
    const { code, name } = error as NodeJS.ErrnoException;
    const reason = code ?? name;
    const problem = { where: 'settings file', value: path, allowed: `a file that can be read (${reason})` };
    return { ...noSettings, problems: [problem] };
  }
}
