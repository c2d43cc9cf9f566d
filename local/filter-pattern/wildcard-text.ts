/**
 * Compares whole texts; an asterisk stands for any text, also for none (documented). An asterisk between other characters
 * is assumed to do so, too: an early edition of the guide had it stand for itself there.
 */
export function wildcardText(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) =>
    text.length >= first.length + last.length &&
    text.startsWith(first) &&
    text.endsWith(last) &&
    occurInOrder(rest, text.slice(first.length, text.length - last.length));
}

function occurInOrder(parts: readonly string[], text: string): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}
