import type { TextPlace } from '../../answers.js';

export type PieceKind = 'plain' | 'comment' | 'string' | 'command';

/** A part of a query that has one look. */
export interface QueryPiece {
  readonly text: string;
  readonly kind: PieceKind;
  /** Whether it is where the server found the query wrong. */
  readonly isWrong: boolean;
}

// A comment; a text in quotes, or a regular expression where one may stand; the word that a command begins with.
const TOKEN =
  /(#[^\n]*)|("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|(?=\/)(?<=(?:\blike|=~|\bparse|@message)\s{0,9})\/(?:\\.|[^/\\\n])+\/?)|(?=[A-Za-z])(?<=^\s{0,99}|[|\n]\s{0,99})([A-Za-z]+)\b/g;

/** Divides a query into pieces for its colours. It knows less than the server, and a look is all that may be wrong. */
export function queryPieces(text: string, wrong?: TextPlace): QueryPiece[] {
  const pieces: QueryPiece[] = [];
  let start = 0;
  for (const match of text.matchAll(TOKEN)) {
    pieces.push(...divided(text, start, match.index, 'plain', wrong));
    start = match.index + match[0].length;
    const kind = match[1] !== undefined ? 'comment' : match[2] !== undefined ? 'string' : 'command';
    pieces.push(...divided(text, match.index, start, kind, wrong));
  }
  return [...pieces, ...divided(text, start, text.length, 'plain', wrong)];
}

/** The part of the text, cut where the wrong place begins and ends. */
function divided(
  text: string,
  start: number,
  end: number,
  kind: PieceKind,
  wrong: TextPlace = { start: text.length, end: text.length },
): QueryPiece[] {
  const cuts = [start, ...[wrong.start, wrong.end].filter((at) => at > start && at < end), end];
  return cuts.slice(1).flatMap((to, index) => {
    const from = cuts[index]!;
    const isWrong = from >= wrong.start && to <= wrong.end;
    return to > from ? [{ text: text.slice(from, to), kind, isWrong }] : [];
  });
}

/** Line and column of an index, as people count. */
export function lineAndColumn(text: string, index: number): readonly [line: number, column: number] {
  const before = text.slice(0, index).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}
