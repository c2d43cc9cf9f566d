import type { Output } from './output.js';

/** Packages in CommonJS ask for Node.js's own modules by it, which no ES module has. */
const REQUIRE = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`;

/** A module of `cli/` in the folder of the command line. The entry point names what runs it. */
export function asProgram({ path, code, ...rest }: Output): Output {
  const head = rest.isEntryPoint ? `#!/usr/bin/env node\n${REQUIRE}` : REQUIRE;
  return { ...rest, path: path.replace(/^cli\//, ''), code: head + code };
}
