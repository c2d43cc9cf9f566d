import { areNamesAndValues, isCredential, isShownHeader } from '../../serialize/http-headers.js';
import type { JsonNode } from './json-nodes.js';

/** A quick test that finds every line with headers or trailers, and some without. */
export function mayHoldHeaders(line: string): boolean {
  return line.includes('eader') || line.includes('railer');
}

/**
 * Finds the values of headers that may hold a credential: in an object, and in lists such as `rawHeaders`, of pairs, or of
 * `{ name, value }`.
 *
 * @param isOfHttp whether they are of a request or response; of anything else, only values with the name of a secret are found
 */
export function credentialsIn(headers: JsonNode, isOfHttp: boolean): JsonNode[] {
  const isHidden = (name: string): boolean => (isOfHttp ? !isShownHeader(name) : isCredential(name));
  if (headers.kind === 'object') {
    return headers.members.filter(({ name }) => isHidden(name.text)).map(({ value }) => value);
  }
  if (headers.kind !== 'list') return [];
  const { items } = headers;
  if (!items.every(({ kind }) => kind === 'text'))
    return items.flatMap((item) => credentialsOfPair(item, isHidden));
  if (!areNamesAndValues(items.map(textOf))) return [];
  return items.filter((_, index) => index % 2 === 1 && isHidden(textOf(items[index - 1])));
}

function credentialsOfPair(pair: JsonNode, isHidden: (name: string) => boolean): JsonNode[] {
  if (pair.kind === 'list') {
    const [name, ...values] = pair.items;
    return isHidden(textOf(name)) ? values : [];
  }
  if (pair.kind !== 'object') return [];
  const named = pair.members.find(({ name }) => /^(?:name|key)$/i.test(name.text));
  const hidden = pair.members.filter((member) =>
    named ? member !== named && isHidden(textOf(named.value)) : isHidden(member.name.text),
  );
  return hidden.map(({ value }) => value);
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === 'text' ? node.text : '';
}
