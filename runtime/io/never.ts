/** For calls of a test file that has ended meanwhile. They end by their time-out. */
export const never = new Promise<never>(() => undefined);
