/** The folder of this package; `undefined` in a bundle of ES modules. CommonJS, where a module knows its folder in both builds. */
export const packageFolder: string | undefined = typeof __dirname === 'string' ? __dirname : undefined;
