/** What stands where something was hidden. */
export const CENSOR = '[redacted]';
