import { fileURLToPath } from 'node:url';

/** Resolves a path from the project's root. This module runs in dist/build/bench. */
export function projectUrl(path: string): URL {
  return new URL(`../../../${path}`, import.meta.url);
}

export function projectPath(path: string): string {
  return fileURLToPath(projectUrl(path));
}
