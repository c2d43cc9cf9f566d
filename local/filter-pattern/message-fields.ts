/** A field of a space-delimited message. */
export interface MessageField {
  readonly text: string;
  /** Index of its first character, a quote or bracket included. */
  readonly start: number;
}

/**
 * Splits a message at white space. Text in double quotes or in brackets is one field, without them (documented). A quote
 * that is not closed is an ordinary character (reported); that one inside of a word is, too, is assumed.
 */
export function fieldsOf(message: string): MessageField[] {
  const closingOf = { '"': nextIn(message, '"'), '[': nextIn(message, ']') };
  const fields: MessageField[] = [];
  let end = 0;
  for (const { 0: word, index: start } of message.matchAll(/[^ \t\r\n]+/g)) {
    if (start < end) continue;
    const closing = closingOf[word[0] as keyof typeof closingOf]?.(start + 1) ?? -1;
    const isWhole = closing >= 0 && /^[ \t\r\n]?$/.test(message.slice(closing + 1, closing + 2));
    end = isWhole ? closing + 1 : start + word.length;
    fields.push({ start, text: isWhole ? message.slice(start + 1, closing) : word });
  }
  return fields;
}

/** Finds a sign from growing indexes on, and looks at no part of the message twice: it may have a mebibyte of brackets. */
function nextIn(message: string, sign: string): (from: number) => number {
  let found = 0;
  return (from) => {
    if (found >= 0 && found < from) found = message.indexOf(sign, from);
    return found;
  };
}
