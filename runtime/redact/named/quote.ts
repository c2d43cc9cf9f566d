/** A quote in a text, with its backslashes: none in JSON, one in JSON within JSON, three a level deeper. */
export interface Quote {
  readonly mark: string;
  readonly backslashes: number;
}

/** The quote that begins here, with its backslashes. */
export function quoteAt(text: string, from: number): Quote | undefined {
  let at = from;
  while (text[at] === '\\') at++;
  return isMark(text[at]) ? { mark: text[at]!, backslashes: at - from } : undefined;
}

/** The quote that ends here. */
export function quoteBefore(text: string, to: number): Quote | undefined {
  const mark = text[to - 1];
  return isMark(mark) ? { mark: mark!, backslashes: backslashesBefore(text, to - 1) } : undefined;
}

export function lengthOf({ backslashes }: Quote): number {
  return backslashes + 1;
}

/** The end of the string that this quote opened: the place of the closing quote, or the end of the text. */
export function endOfString(text: string, from: number, quote: Quote): number {
  const { mark } = quote;
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const before = backslashesBefore(text, at);
    if (isEnd(before, quote)) return at - Math.min(before, quote.backslashes);
  }
  return text.length;
}

/**
 * Whether a quote with `before` backslashes ends the string that the given quote opened. Fewer backslashes than the opening quote
 * has end the string around it. More of them make the quote a part of the string, unless they are the string's own backslashes,
 * which come in pairs.
 */
export function isEnd(before: number, { backslashes }: Quote): boolean {
  return before < backslashes || before % (2 * backslashes + 2) === backslashes;
}

export function backslashesBefore(text: string, to: number): number {
  let from = to;
  while (text[from - 1] === '\\') from--;
  return to - from;
}

function isMark(character: string | undefined): boolean {
  return character === '"' || character === "'";
}
