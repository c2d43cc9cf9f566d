import { transform } from '@swc/core';
import { isLate } from './bundle.js';
import type { Output } from './output.js';

/**
 * The same module for `require`. Modules that it imports keep their names, so that what was shared is shared. Those of
 * Node.js are loaded with their first use.
 */
export async function asCommonJs(output: Output): Promise<Output> {
  const lazy = importsOf(output.code).filter((from) => from.startsWith('node:') || isLate(from));
  const { code } = await transform(output.code, {
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
    module: { type: 'commonjs', lazy },
  });
  return { ...output, code };
}

/** As esbuild writes them. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/^(?:import|\}) .*?from "([^"]+)";$/gm)].map(([, from]) => from!);
}
