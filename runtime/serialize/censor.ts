/** Replaces a hidden value. */
export const CENSOR = '[redacted]';
