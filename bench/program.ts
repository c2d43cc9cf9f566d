/** Programs of startup/, in the order of the page. */
export const PROGRAMS = [
  'empty',
  'pino',
  'pino-lambda',
  'powertools',
  'fapilog',
  'fapilog-sdk',
  'bare-sdk',
  'logtape',
  'winston-cloudwatch',
] as const;

export type Program = (typeof PROGRAMS)[number];
