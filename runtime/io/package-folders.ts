import { dirname } from 'node:path';
import { folderOfThisPackage } from './late-modules.cjs';

/** Folders from which packages are loaded by name: those of the program and of this package, and the working directory. */
export function packageFolders(): string[] {
  const program = process.argv[1];
  return [
    ...(program ? [dirname(program)] : []),
    process.cwd(),
    ...(folderOfThisPackage ? [folderOfThisPackage] : []),
  ];
}
