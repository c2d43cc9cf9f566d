import { isUnresolved } from '../tokens.js';

/** Stands for any key or index. */
const ANY = Symbol('any');

type Part = string | typeof ANY;

/** Parents of the fields that Python's fapilog takes out of the data of a log call. Source: core/envelope.py of fapilog 0.18.1. */
const PARENTS: Readonly<Record<string, string>> = {
  message_id: 'context.',
  correlation_id: 'context.',
  request_id: 'context.',
  user_id: 'context.',
  tenant_id: 'context.',
  trace_id: 'context.',
  span_id: 'context.',
  service: 'diagnostics.',
  env: 'diagnostics.',
  version: 'diagnostics.',
  host: 'diagnostics.',
  pid: 'diagnostics.',
  message: '',
  logger: '',
};

/** Members that the field of an error has in both languages. */
const ERROR_PARTS: readonly (Part | undefined)[] = [undefined, ANY, 'type', 'message', 'stack', 'cause'];

/**
 * Paths in the envelope of Python's fapilog that hide at least what a path hides in a flat line. Where its syntax cannot say the same,
 * they hide more: each element for an index, a whole object for a key with a point in its name.
 */
export function pythonPaths(path: string): string[] {
  if (isUnresolved(path)) return [`data.${path}`];
  const parts = expressible(partsOf(path));
  return [...spelled('data.', parts), ...elsewhere(parts)];
}

function partsOf(path: string): Part[] {
  return Array.from(path.matchAll(/\["([^"]*)"\]|\['([^']*)'\]|([^.[\]]+)/g), ([, double, single, plain]) =>
    plain !== undefined && /^(\*|\d+)$/.test(plain) ? ANY : (double ?? single ?? plain!),
  );
}

/** Ends before a part that Python's fapilog would read otherwise, and before the second of two wildcards at the end. */
function expressible(parts: readonly Part[]): Part[] {
  const isOdd = (part: Part): boolean => part !== ANY && /[.*[\]]|^\d*$/.test(part);
  const odd = parts.findIndex(isOdd);
  const kept = odd === -1 ? [...parts] : parts.slice(0, odd);
  while (kept.length > 1 && kept.at(-1) === ANY && kept.at(-2) === ANY) kept.pop();
  return kept.length > 0 ? kept : [ANY];
}

/** A wildcard at the end is written twice: for the values of an object, and for the elements of a list. */
function spelled(parent: string, parts: readonly Part[]): string[] {
  const path = parent + parts.map((part) => (part === ANY ? '*' : part)).join('.');
  return parts.length > 1 && parts.at(-1) === ANY ? [path, path.replace(/\.\*$/, '[*]')] : [path];
}

/** Paths outside of the data. */
function elsewhere(parts: readonly Part[]): string[] {
  const [first, second] = parts;
  if (first === ANY) return parts.length === 1 ? ['context.*'] : [];
  if (first === 'error' || first === 'err') {
    return ERROR_PARTS.includes(second) ? ['diagnostics.exception'] : [];
  }
  const parent = Object.hasOwn(PARENTS, first!) ? PARENTS[first!] : undefined;
  return parent === undefined ? [] : spelled(parent, parts);
}
