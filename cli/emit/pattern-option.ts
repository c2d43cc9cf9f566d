import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError that says why it is no regular expression */
export function parsePattern(text: string): RegExp {
  if (text === '') throw new InvalidArgumentError('It is empty, and would match every line. Leave it out.');
  try {
    return new RegExp(text);
  } catch (error) {
    const [, reason] = /^Invalid regular expression: .*: (.+)$/s.exec((error as Error).message) ?? [];
    throw new InvalidArgumentError(
      `${reason ?? 'It is malformed'}. Allowed: a regular expression of JavaScript such as ^\\d{4}-\\d\\d-\\d\\d.`,
    );
  }
}
