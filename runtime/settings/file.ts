import { readFileSync } from 'node:fs';
import { packageFolders } from './package-folders.js';
import { noSettings, readDocument, type DocumentSettings } from './document.js';
import { parseYaml } from './yaml.cjs';

/** Reads a YAML or JSON file. */
export function readSettingsFile(path: string): DocumentSettings {
  try {
    return readDocument(path, parseYaml(readFileSync(path, 'utf8'), packageFolders()));
  } catch (error) {
    // The message may quote the file: an alias that nothing defines is a password with an asterisk.
    const { code, name } = error as NodeJS.ErrnoException;
    const reason = code ?? name;
    const problem = { where: 'settings file', value: path, allowed: `a file that can be read (${reason})` };
    return { ...noSettings, problems: [problem] };
  }
}
