import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../../support/imports.js';
import { BlockProject } from '../../support/block-project.js';
import type { Block } from '../../support/document-blocks.js';
import { moduleText } from '../../support/module-text.js';
import { declaredIn, signaturesOf } from './signatures.js';

/** What a block with constructs comes to. */
export interface Synthesized {
  /** For each stack, the types of its resources. */
  readonly defined: readonly string[];
  /** For each function that returns a plain value, what it is. */
  readonly returned: readonly string[];
}

export function hasConstructs({ code }: Block): boolean {
  return /from '(?:aws-cdk-lib|fapilog-cloudwatch\/cdk)\b/.test(code);
}

/** Synthesizes the blocks, all in one process. */
export async function synthesizeBlocks(
  blocks: readonly Block[],
): Promise<(Synthesized | { readonly threw: string })[]> {
  const files = blocks.map(
    ({ code }, index) => [`block-${index}.js`, moduleText(code, appOf(code))] as const,
  );
  const programs = ['synthesize.mjs', 'arguments-for.mjs'].map(
    (name) => [name, readFileSync(join(__dirname, name), 'utf8')] as const,
  );
  const project = new BlockProject(
    {
      ...Object.fromEntries([...files, ...programs]),
      // What stacks of the documents deploy.
      'dist/index.js': 'export const handler = async () => undefined;\n',
      'src/handler.ts': 'export const handler = async (): Promise<void> => undefined;\n',
      'package-lock.json': '{}',
    },
    ['constructs', 'esbuild'],
  );
  const child = fork('synthesize.mjs', {
    cwd: project.path,
    env: {
      PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      HOME: project.path,
      CDK_VALIDATION: 'false',
    },
    silent: true,
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += String(text)));
  child.send(
    blocks.map(({ code }, index) => ({
      file: `./block-${index}.js`,
      declared: declaredIn(code),
      ...signaturesOf(code),
    })),
  );
  const ended = once(child, 'exit').then(() => [undefined]);
  const [results] = (await Promise.race([once(child, 'message'), ended])) as [Synthesized[] | undefined];
  await ended;
  project.remove();
  if (results === undefined) throw new Error(said);
  return results;
}

/** A block that makes its own app does not export it. */
function appOf(code: string): string {
  return /^const app = new App\(/m.test(code) ? 'export { app };' : '';
}
