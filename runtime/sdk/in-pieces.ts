import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { requireAt } from '../io/late-modules.cjs';
import { nextTurn } from '../io/next-turn.js';

/** What a CommonJS module requires before anything is called, as compilers write it: each in a line of its own. */
const REQUIRED = /^(?:const|let|var) .*?\brequire\((["'])([^"']+)\1\);$/gm;

/**
 * Loads what a package consists of, one module in a turn of the event loop: in one turn, the client of the AWS SDK would stop the
 * thread for 60 ms and more. The list of modules is read from their texts, because it changes with every release of the SDK.
 * What cannot be read or loaded alone comes with the package itself.
 */
export async function loadInPieces(
  name: string,
  require: NodeJS.Require,
  seen = new Set<string>(),
): Promise<void> {
  try {
    const file = require.resolve(name);
    if (seen.has(file) || require.cache[file]) return;
    seen.add(file);
    if (isAbsolute(file)) {
      const requireThere = requireAt(file);
      for (const part of requiredBy(file)) await loadInPieces(part, requireThere, seen);
    }
    require(name);
    await nextTurn();
  } catch {
    // Whoever requires the whole finds out, too.
  }
}

function requiredBy(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return Array.from(text.matchAll(REQUIRED), ([, , name]) => name!);
}
