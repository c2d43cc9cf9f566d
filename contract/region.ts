export const REGION_RULE = 'the name of an AWS Region, such as us-west-2';

/**
 * The form of `us-west-2`, `us-gov-east-1` and `eusc-de-east-1`. It is no list, so that Regions to come have their place. Local
 * emulators of AWS are often given the Region `local`.
 */
const REGION = /^(?:[a-z]{2,}(?:-[a-z]+)+-\d+(?:-fips)?|local|localhost)$/;

export function isRegion(value: string): boolean {
  return REGION.test(value);
}

/** The Region that a text which is none probably means, as the rest of a sentence; else nothing. */
export function regionHint(value: unknown): string {
  if (typeof value !== 'string') return '';
  const words = value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.-]+/g, '-');
  const meant = regionOfZone(words) ?? regionOfZoneId(words) ?? regionOfJoinedWords(words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** `us-west-2a`, of a local zone `us-west-2-lax-1a`, of a wavelength zone `us-east-1-wl1-bos-wlz-1`; `US_WEST_2`, and the
 * name of an endpoint. */
function regionOfZone(words: string): string | undefined {
  return /^(?:logs-)?([a-z]{2,}(?:-[a-z]+)+-\d+)(?:-?[a-z][a-z0-9-]*)?$/.exec(words)?.[1];
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  c: 'central',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
};

/** `usw2-az1`, of a local zone `usw2-lax1-az1`. */
function regionOfZoneId(words: string): string | undefined {
  const [, area, gov, direction = '', number] =
    /^([a-z]{2})(g?)([ns][ew]|[nsewc])(\d+)-(?:[a-z0-9]+-)?az\d+$/.exec(words) ?? [];
  return area === undefined ? undefined : `${area}-${gov ? 'gov-' : ''}${DIRECTIONS[direction]}-${number}`;
}

/** `uswest2`, `us-west2`. */
function regionOfJoinedWords(words: string): string | undefined {
  const [, ...parts] =
    /^([a-z]{2})(gov|iso[a-z]?)?((?:north|south)(?:east|west)|north|south|east|west|central)(\d+)[a-z]?$/.exec(
      words.replaceAll('-', ''),
    ) ?? [];
  return parts.length === 0 ? undefined : parts.filter((part) => part !== undefined).join('-');
}

/** The Region in the variables of the AWS tools, which count if the sink has no Region of its own. Blank means absent. */
export function regionOfEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): { readonly variable: string; readonly region: string } | undefined {
  for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = env[variable];
    if (region !== undefined && region.trim() !== '') return { variable, region };
  }
  return undefined;
}

/** The rule that a Region from outside of the settings breaks, with what it probably means; `undefined` for a good one. */
export function regionProblem(value: string): string | undefined {
  return isRegion(value) ? undefined : REGION_RULE + regionHint(value);
}
