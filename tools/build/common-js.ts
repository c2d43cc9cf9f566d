import { transform } from '@swc/core';
import { isLate } from './bundle.js';
import type { Output, OutputFile } from './output.js';

/**
 * The same module for `require`. Modules that it imports keep their names, so that what was shared is shared. Those of
 * Node.js are loaded with their first use, and not by `require` where Node.js has another way: Jest forbids it to code that runs
 * after a test file has ended.
 */
export async function asCommonJs(output: Output): Promise<Output> {
  const lazy = importsOf(output.code).filter((from) => from.startsWith('node:') || isLate(from));
  const { code } = await transform(output.code, {
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
    // The annotation lists the exports for who reads them off the text: Node.js, and the judge of declarations.
    module: { type: 'commonjs', lazy, exportInteropAnnotation: true },
  });
  const late = code.replaceAll(
    /require\(("node:[^"]+")\)/g,
    '(process.getBuiltinModule?.($1) ?? require($1))',
  );
  return { ...output, code: late };
}

/** The same module, after code that runs before the module loads anything. */
export function behind(first: OutputFile, output: Output): Output {
  return { ...output, code: `'use strict';\n{\n${first.code}}\n${output.code}` };
}

/** As esbuild writes them. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/^(?:import|\}) .*?from "([^"]+)";$/gm)].map(([, from]) => from!);
}
