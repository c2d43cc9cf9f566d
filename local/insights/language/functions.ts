/** The arguments that a function takes: how many, and which of them are no plain expressions. */
export interface FunctionRule {
  readonly least: number;
  readonly most: number;
  /** Index of the argument that is a period, such as `5m`. */
  readonly period?: number;
  /** Whether `*` may stand for no argument. */
  readonly takesStar?: true;
  /** Index of the argument that is a percentage: a number from 0 to 100. */
  readonly percentage?: number;
}

const none: FunctionRule = { least: 0, most: 0 };
const one: FunctionRule = { least: 1, most: 1 };
const oneOrTwo: FunctionRule = { least: 1, most: 2 };
const two: FunctionRule = { least: 2, most: 2 };
const twoOrThree: FunctionRule = { least: 2, most: 3 };
const three: FunctionRule = { least: 3, most: 3 };
const some: FunctionRule = { least: 1, most: Infinity };

/**
 * Functions of one row, by their names as they are documented. Names and arguments are documented, and so is that case does not
 * matter, by examples (`isPresent`, `BIN`).
 */
const rowFunctions: Readonly<Record<string, FunctionRule>> = {
  abs: one,
  ceil: one,
  floor: one,
  greatest: some,
  least: some,
  log: one,
  sqrt: one,

  bin: { ...one, period: 0 },
  datefloor: { ...two, period: 1 },
  dateceil: { ...two, period: 1 },
  fromMillis: one,
  toMillis: one,
  now: none,

  ispresent: one,
  coalesce: some,
  if: three,
  isNumeric: one,

  isempty: one,
  isblank: one,
  concat: some,
  ltrim: oneOrTwo,
  rtrim: oneOrTwo,
  trim: oneOrTwo,
  strlen: one,
  toupper: one,
  tolower: one,
  substr: twoOrThree,
  replace: three,
  strcontains: twoOrThree,
  startsWith: two,
  endsWith: two,

  isValidIp: one,
  isValidIpV4: one,
  isValidIpV6: one,
  isIpInSubnet: two,
  isIpv4InSubnet: two,
  isIpv6InSubnet: two,
};

/** Functions of many rows, for `stats`. All are documented but `median`, which is assumed. */
const aggregateFunctions: Readonly<Record<string, FunctionRule>> = {
  count: { least: 0, most: 1, takesStar: true },
  count_distinct: one,
  sum: one,
  avg: one,
  min: one,
  max: one,
  pct: { ...two, percentage: 1 },
  median: one,
  stddev: one,
  earliest: one,
  latest: one,
  sortsFirst: one,
  sortsLast: one,
};

/** Functions that are documented for the service, and that this server does not have. */
const MISSING = [
  'case messageSize queryStartTime queryEndTime queryTimeRange parseDate formatDate strftime unmask',
  'jsonParse jsonStringify jsonArraySize jsonArrayContains',
  'ipv4ToNumber isPrivateIP isPublicIP isReservedIP',
  'regexReplace urlencode urldecode base64encode base64decode split hexToAscii hexToDec decToHex',
].flatMap((names) => names.split(' '));

export type FunctionKind = 'call' | 'aggregate';

/** A function by which a query may be written. */
export interface KnownFunction {
  readonly kind: FunctionKind;
  /** As it is documented. */
  readonly spelling: string;
  readonly rule: FunctionRule;
}

/** All functions, by their names in lower case. */
export const functions: ReadonlyMap<string, KnownFunction> = new Map([
  ...entries('call', rowFunctions),
  ...entries('aggregate', aggregateFunctions),
]);

/** {@link MISSING} by their names in lower case. */
export const missingFunctions: ReadonlyMap<string, string> = new Map(
  MISSING.map((spelling) => [spelling.toLowerCase(), spelling]),
);

function entries(
  kind: FunctionKind,
  rules: Readonly<Record<string, FunctionRule>>,
): [string, KnownFunction][] {
  return Object.entries(rules).map(([spelling, rule]) => [spelling.toLowerCase(), { kind, spelling, rule }]);
}

/** Names as they are documented, for a refusal. */
export function spellings(kind: FunctionKind): string {
  const named = [...functions.values()].filter((each) => each.kind === kind);
  return named.map(({ spelling }) => spelling).join(', ');
}
