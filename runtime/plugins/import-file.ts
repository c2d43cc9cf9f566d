import { pathToFileURL } from 'node:url';
import { constants, runInThisContext } from 'node:vm';

type Import = (url: string) => Promise<unknown>;

/** Loads a file as Node loads modules: ES modules and CommonJS, once in a process. */
export async function importFile(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  try {
    return await plainImport()(url);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return loaderImport()(url);
  }
}

/** Kept from the compiler, which would make `require` of it in the CommonJS build: that refuses ES modules and URLs. */
function plainImport(): Import {
  // oxlint-disable-next-line typescript/no-implied-eval -- a constant text
  return new Function('url', 'return import(url)') as Import;
}

/** The same where `new Function` is not: with --disallow-code-generation-from-strings, and in contexts of `node:vm`. */
function loaderImport(): Import {
  return runInThisContext('(url) => import(url)', {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as Import;
}

function isForbidden(error: unknown): boolean {
  const { name, code } = (error ?? {}) as NodeJS.ErrnoException;
  return name === 'EvalError' || String(code).startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING');
}
