/** What a pattern of an IAM policy matches: `*` stands for any text, `?` for any character. */
export function wildcards(pattern: string, flags = ''): RegExp {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
}
