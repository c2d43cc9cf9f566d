const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A text that is JSON, with other texts for its numbers. */
export function withNumbers(json: string, replacementOf: (number: string) => string): string {
  return json.replaceAll(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : replacementOf(token)));
}
