import { fileURLToPath } from 'node:url';

/** Where a file of this project is, by its path from the project's root; this module runs in dist/esm/bench. */
export function projectUrl(path: string): URL {
  return new URL(`../../../${path}`, import.meta.url);
}

export function projectPath(path: string): string {
  return fileURLToPath(projectUrl(path));
}
