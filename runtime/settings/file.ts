import { readFileSync } from 'node:fs';
import { noSettings, readDocument, type DocumentSettings } from './document.js';
import { parseYaml } from './yaml.js';

/** Reads the settings of a YAML or JSON file. */
export function readSettingsFile(path: string): DocumentSettings {
  // A number would be a file that is open: 0 waits for standard input.
  if (typeof path !== 'string') return unusable(path, 'the path of a file');
  try {
    return readDocument(path, parseYaml(readFileSync(path, 'utf8')));
  } catch (error) {
    // No message, which may quote the file: the parser takes a password that begins with an asterisk for an undefined alias.
    const { code, name } = error as NodeJS.ErrnoException;
    return unusable(path, `a file that can be read (${code ?? name})`);
  }
}

function unusable(value: unknown, allowed: string): DocumentSettings {
  return { ...noSettings, problems: [{ where: 'settings file', value, allowed }] };
}
