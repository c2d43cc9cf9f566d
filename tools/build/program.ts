import type { Output } from './output.js';

/** Packages in CommonJS ask for Node.js's own modules by it, which no ES module has. */
const REQUIRE = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`;

/** Where an import leads to a file that stays the compiler's. It is shipped with the CommonJS modules of the runtime. */
const TO_RUNTIME = /(?<=(?:from|import) ?"(?:\.\.\/)+)(?=runtime\/[^"]+\.cjs")/g;

/** A module of `cli/` in the folder of the command line. The entry point names what runs it. */
export function asProgram({ path, code, ...rest }: Output): Output {
  const head = rest.isEntryPoint ? `#!/usr/bin/env node\n${REQUIRE}` : REQUIRE;
  return { ...rest, path: path.replace(/^cli\//, ''), code: head + code.replaceAll(TO_RUNTIME, 'cjs/') };
}
