/** The largest that a function with a logger may be, minified: this package, and nothing of the AWS SDK. */
export const MAX_FUNCTION_BYTES = 295_000;
