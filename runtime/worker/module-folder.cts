/** CommonJS, because only there a module knows its folder in both builds; a bundle may have none. */
export const moduleFolder: string | undefined = typeof __dirname === 'string' ? __dirname : undefined;
