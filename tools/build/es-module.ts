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
    // Not an import: Node.js would first read the text for what it may export.
    `const entry = createRequire(import.meta.url)('${target}');`,
    ...lines,
    '',
  ].join('\n');
  return { ...rest, path, exports, code };
}
