/** CommonJS, because only there a module knows its folder in both builds; a bundle may have none. */
export const moduleFolder: string | undefined = typeof __dirname === 'string' ? __dirname : undefined;

/**
 * Where Node.js finds the package. Nothing reads it, but tools that copy the files of a program (`@vercel/nft`, which Next.js and
 * Nitro use) see it: where they follow the conditions of bundlers, they would leave out what Node.js asks for.
 */
export const folderForNode: string | undefined =
  typeof __dirname === 'string' ? __dirname + '/../../../esm/runtime' : undefined;
