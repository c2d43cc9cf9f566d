import { dirname } from 'node:path';
import { packageFolder } from './package-folder.cjs';

/** From where packages may be found that are loaded by their name: the program, its folder and this package. */
export function packageFolders(): string[] {
  const program = process.argv[1];
  return [...(program ? [dirname(program)] : []), process.cwd(), ...(packageFolder ? [packageFolder] : [])];
}
