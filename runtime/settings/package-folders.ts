import { dirname } from 'node:path';
import { packageFolder } from './package-folder.cjs';

/** Folders from which packages are loaded by name: those of the program and of this package, and the working directory. */
export function packageFolders(): string[] {
  const program = process.argv[1];
  return [...(program ? [dirname(program)] : []), process.cwd(), ...(packageFolder ? [packageFolder] : [])];
}
