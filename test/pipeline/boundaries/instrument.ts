import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseSync } from '@swc/core';
import { build as bundle, transformSync, type Plugin } from 'esbuild';
import { root } from '../../support/imports.js';

/** Any node of a syntax tree. */
type Node = { [member: string]: unknown };

/**
 * Bundles a program in which each function of `runtime/` begins with a call of the global function `$at`, which is given the name of
 * the function. Whatever `$at` throws is thrown where a full stack would throw it.
 */
export async function buildInstrumented(entry: string, outfile: string): Promise<void> {
  await bundle({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    banner: {
      js: [
        'globalThis.$at = () => undefined;',
        'const require = (await import("node:module")).createRequire(import.meta.url);',
      ].join('\n'),
    },
    plugins: [instrumenting],
    logLevel: 'error',
  });
}

const instrumenting: Plugin = {
  name: 'instrumenting',
  setup(build) {
    build.onLoad({ filter: /\/runtime\/.*\.ts$/ }, ({ path }) => {
      const name = relative(root, path);
      if (!name.startsWith('runtime/')) return undefined;
      const { code } = transformSync(readFileSync(path, 'utf8'), { loader: 'ts', target: 'node20' });
      return { contents: instrumented(code, name), loader: 'js' };
    });
  },
};

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function instrumented(code: string, file: string): string {
  // The parser counts bytes, from wherever the first token is.
  const bytes = Buffer.from(`0;\n${code}`);
  const tree = parseSync(bytes.toString(), { syntax: 'ecmascript', target: 'es2022' });
  const insertions: Insertion[] = [];
  let functions = 0;
  visit(tree as unknown as Node, (node) => {
    const call = `$at(${JSON.stringify(`${file} ${nameOf(node)} #${++functions}`)})`;
    const body = node['body'] as Node & { readonly span: { readonly start: number; readonly end: number } };
    const start = body.span.start - tree.span.start;
    const end = body.span.end - tree.span.start;
    if (Array.isArray(body['stmts'])) insertions.push({ at: start + 1, text: `${call};` });
    else insertions.push({ at: start, text: `(${call}, ` }, { at: end, text: ')' });
  });
  return withInsertions(bytes, insertions);
}

/** At one place, what ends stands before what begins. */
function withInsertions(bytes: Buffer, insertions: readonly Insertion[]): string {
  let from = 0;
  let text = '';
  for (const { at, text: inserted } of insertions.toSorted((a, b) => a.at - b.at)) {
    text += bytes.toString('utf8', from, at) + inserted;
    from = at;
  }
  return text + bytes.toString('utf8', from);
}

function visit(node: Node, onFunction: (node: Node) => void): void {
  const isAccessor = node['type'] === 'GetterProperty' || node['type'] === 'SetterProperty';
  if (node['body'] && (Array.isArray(node['params']) || isAccessor)) onFunction(node);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof each === 'object' && each !== null) visit(each as Node, onFunction);
    }
  }
}

function nameOf(node: Node): string {
  const { value } = (node['identifier'] ?? node['key'] ?? {}) as { readonly value?: unknown };
  const { type } = node as { readonly type?: string };
  return typeof value === 'string' ? value : (type ?? 'method');
}
