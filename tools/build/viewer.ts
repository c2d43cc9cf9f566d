import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packagesOf } from './bundle.js';
import type { OutputFile } from './output.js';

const FOLDER = 'local/viewer/client';

export interface ViewerPage {
  readonly files: readonly OutputFile[];
  /** Folders of the packages that became part of it, relative to the root. */
  readonly packages: readonly string[];
}

/** The page of the local server: minified, because nobody reads its code where it is installed. */
export async function buildViewer(root: string): Promise<ViewerPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: `${FOLDER}/page/main.ts`, style: `${FOLDER}/app.css` },
    outdir: '.',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    // The licences are in the notices.
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
  const files = [
    { path: 'index.html', code: readFileSync(join(root, FOLDER, 'index.html'), 'utf8') },
    { path: 'app.js', code: textOf('.js') },
    { path: 'app.css', code: textOf('.css') },
  ];
  return { files, packages: packagesOf(metafile) };
}
