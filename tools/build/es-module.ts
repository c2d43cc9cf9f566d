import { posix } from 'node:path';
import type { Output } from './output.js';

/** An entry point for `import` that hands on the CommonJS module of the same path. */
export function asEsModule({ path, exports, ...rest }: Output): Output {
  const target = posix.join(posix.relative(posix.dirname(`esm/${path}`), 'cjs'), path);
  const lines = exports.map((name) =>
    name === 'default' ? 'export default entry.default;' : `export const ${name} = entry.${name};`,
  );
  const code = [
    `import { createRequire } from 'node:module';`,
    // Not an import: Node.js would first read the text for what it may export, which takes longer than to run it. Node.js
    // has no `require` here, but for a foreign one after `node --eval`; a bundler that comes this way has its own.
    // Tools that copy files follow the other.
    `const requireHere = createRequire(import.meta.url);`,
    `const isBundled = typeof require === 'function' && require !== globalThis.require;`,
    `const entry = isBundled ? require('${target}') : requireHere('${target}');`,
    ...lines,
    '',
  ].join('\n');
  return { ...rest, path, exports, code };
}
