import { InvalidArgumentError } from 'commander';

const MAX_PORT = 65_535;

/** @throws InvalidArgumentError with what is allowed */
export function parsePort(text: string): number {
  const port = wholeNumber(text);
  if (port <= MAX_PORT) return port;
  throw new InvalidArgumentError(`Allowed: 1 to ${MAX_PORT}, or 0 for any free port.`);
}

/** @throws InvalidArgumentError with what is allowed */
export function parseCount(text: string): number {
  const count = wholeNumber(text);
  if (count >= 1 && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('Allowed: a whole number, 1 or more.');
}

/** @throws InvalidArgumentError with what is allowed */
export function parseRate(text: string): number {
  const rate = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (rate > 0) return rate;
  throw new InvalidArgumentError(
    'Allowed: a number of calls a second above 0, or none for the quotas of the service.',
  );
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
