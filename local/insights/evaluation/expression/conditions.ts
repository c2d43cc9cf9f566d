import { isIP, isIPv4, isIPv6 } from 'node:net';
import { numberOf, textOf, isTrue, type Value } from '../values/value.js';
import { isInSubnet } from './subnet.js';

type Test = (...values: Value[]) => boolean;

/** Functions that are true or false. A null of JSON is no field, so that it counts as absent. */
export const conditionFunctions: Readonly<Record<string, Test>> = {
  ispresent: (value) => value !== undefined,
  /** Absent or without a character (documented). */
  isempty: (value) => value === undefined || value === '',
  /** Absent or only white space (documented). */
  isblank: (value) => value === undefined || textOf(value).trim() === '',
  isnumeric: (value) => numberOf(value) !== undefined,
  strcontains: (value, part, ignoresCase) => {
    if (value === undefined || part === undefined) return false;
    if (!isTrue(ignoresCase)) return textOf(value).includes(textOf(part));
    return textOf(value).toLowerCase().includes(textOf(part).toLowerCase());
  },
  startswith: onTexts((text, start) => text.startsWith(start)),
  endswith: onTexts((text, end) => text.endsWith(end)),
  isvalidip: onTexts((text) => isIP(text) !== 0),
  isvalidipv4: onTexts((text) => isIPv4(text)),
  isvalidipv6: onTexts((text) => isIPv6(text)),
  isipinsubnet: onTexts((text, subnet) => isInSubnet(text, subnet)),
  isipv4insubnet: onTexts((text, subnet) => isIPv4(text) && isInSubnet(text, subnet)),
  isipv6insubnet: onTexts((text, subnet) => isIPv6(text) && isInSubnet(text, subnet)),
};

/** False if a value is absent. */
function onTexts(test: (...texts: [string, string]) => boolean): Test {
  return (...values) => {
    const texts = values.map((value) => (value === undefined ? undefined : textOf(value)));
    return !texts.includes(undefined) && test(...(texts as [string, string]));
  };
}
