import { CENSOR } from './censor.js';
import {
  areHeaders,
  areNamesAndValues,
  areWireHeaders,
  isCredential,
  isCredentialOfHttp,
  isHiddenHeader,
  isHttp,
  isShownHeader,
  maskWireHeaders,
  mayBeHeaders,
} from './http-headers.js';

type Members = Record<string, unknown>;
type IsHidden = (name: string) => boolean;

/**
 * Hides what may be a credential in headers that are among these members, as in a request of which a serializer has made a plain
 * object. Finished lines have the same rule. Changes the members, which hold plain data of ours.
 */
export function hideCredentials(members: Members): void {
  const names = Object.keys(members);
  if (!names.some(mayBeHeaders)) return;
  const isOfHttp = isHttp(names);
  for (const name of names) {
    const value = members[name];
    if (isHiddenHeader(name) || (isOfHttp && isCredentialOfHttp(name) && isObjectOrText(value))) {
      members[name] = CENSOR;
    } else if (typeof value === 'string') {
      if (isOfHttp && areWireHeaders(name)) members[name] = maskWireHeaders(value, CENSOR);
    } else if (areHeaders(name)) hideIn(value, isOfHttp ? isNotShown : isCredential);
  }
}

function isObjectOrText(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'string';
}

function isNotShown(name: string): boolean {
  return !isShownHeader(name);
}

/** In an object, and in lists such as `rawHeaders`, of pairs, or of `{ name, value }`. */
function hideIn(headers: unknown, isHidden: IsHidden): void {
  if (!Array.isArray(headers)) return hideMembers(headers, isHidden);
  if (headers.every((item) => typeof item === 'string')) {
    if (areNamesAndValues(headers)) hideItems(headers, isHidden, 1, 2);
    return;
  }
  for (const pair of headers) {
    if (Array.isArray(pair)) hideItems(pair, () => isHidden(textOf(pair[0])), 1, 1);
    else hideNamed(pair, isHidden);
  }
}

function hideMembers(headers: unknown, isHidden: IsHidden): void {
  if (typeof headers !== 'object' || headers === null) return;
  for (const name of Object.keys(headers)) if (isHidden(name)) (headers as Members)[name] = CENSOR;
}

function hideItems(items: unknown[], isHidden: IsHidden, first: number, step: number): void {
  for (let at = first; at < items.length; at += step) if (isHidden(textOf(items[at - 1]))) items[at] = CENSOR;
}

const NAME = /^(?:name|key)$/i;

function hideNamed(pair: unknown, isHidden: IsHidden): void {
  if (typeof pair !== 'object' || pair === null) return;
  const named = Object.entries(pair).find(([name]) => NAME.test(name));
  if (named === undefined) return hideMembers(pair, isHidden);
  const [nameOfName, name] = named;
  hideMembers(pair, (each) => each !== nameOfName && isHidden(textOf(name)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
