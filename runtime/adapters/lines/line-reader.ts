import type { Level } from '../../../contract/levels.js';
import type { Report } from '../../io/diagnostics.js';
import type { FinishedLine } from '../../log-record.js';
import { edited } from '../../redact/lines/edits.js';
import { objectNode } from '../../redact/lines/json-nodes.js';
import { LineRedactor } from '../../redact/lines/line-redactor.js';
import type { Redactor } from '../../redact/redactor.js';
import { guarded } from '../../serialize/guard.js';
import { isDefault, levelOf, recognized, timeOf } from './recognized-line.js';

export interface LineReaderParts {
  readonly redactor: Pick<Redactor, 'rules' | 'paths'>;
  /** Whether to replace the number of a default level by its name. */
  readonly withLevelNames: boolean;
  readonly now: () => number;
  readonly report: Report;
}

/** The start of each line of pino, unless options change how it writes level or time. */
const HEAD = /^\{"level":(?:(\d+)|"([^"\\]*)"),"time":(?:(\d+(?:\.\d+)?)|"([^"\\]*)")[,}]/;

const LEVEL = '{"level":';

/** The byte order mark, with which some programs begin a file. With it, a line is no JSON for those who read it. */
const MARK = '\ufeff';

/**
 * Makes log events of lines of JSON that somebody else has written, with time and level as far as they are recognized. A line keeps its
 * bytes but for secrets, and the number of its level. Of a line of pino in which there is nothing to hide, only the start is read.
 */
export class LineReader {
  readonly #parts: LineReaderParts;
  readonly #redactor: LineRedactor;

  constructor(parts: LineReaderParts) {
    this.#parts = parts;
    this.#redactor = new LineRedactor(parts.redactor);
  }

  /** The event of a line; `undefined` if it is no object of JSON. Never throws: a line whose secrets cannot be hidden is not shown. */
  read(line: string): FinishedLine | undefined {
    try {
      // UTF-8 has no bytes for half of a character, JSON has an escape.
      const text = line.startsWith(MARK) ? line.slice(1) : line;
      const whole = text.isWellFormed() ? text : escaped(text);
      return this.#atOnce(whole) ?? this.#parsed(whole);
    } catch {
      // The report does not quote the error: its message may hold the secret.
      return this.#unshown();
    }
  }

  /** The event of a line that is no object of JSON. Never throws. */
  readText(line: string): FinishedLine {
    try {
      const timeMs = this.#parts.now();
      return { timeMs, level: 'info', line: this.#redactor.maskText(line) };
    } catch {
      return this.#unshown();
    }
  }

  #atOnce(line: string): FinishedLine | undefined {
    const head = HEAD.exec(line);
    if (!head || this.#redactor.mayHide(line)) return undefined;
    const [, number, name, digits, date] = head;
    const level = levelOf(number === undefined ? name : Number(number)) ?? 'info';
    const isNamed = this.#parts.withLevelNames && number !== undefined && isDefault(number);
    return {
      timeMs: timeOf(digits === undefined ? date : Number(digits)) ?? this.#parts.now(),
      level,
      line: isNamed ? `${LEVEL}"${level}"${line.slice(LEVEL.length + number.length)}` : line,
    };
  }

  #parsed(line: string): FinishedLine | undefined {
    const root = objectNode(line);
    if (!root) return undefined;
    const { timeMs, level = 'info', number } = recognized(root);
    const edits = this.#redactor.mayHide(line) ? this.#redactor.edits(root) : [];
    if (number && this.#parts.withLevelNames)
      edits.push({ from: number.from, to: number.to, text: `"${level}"` });
    return { timeMs: timeMs ?? this.#parts.now(), level, line: edited(line, edits) };
  }

  #unshown(): FinishedLine {
    const { report, now } = this.#parts;
    guarded(() => report('redaction', 'a line could not be redacted; only its time goes on'), undefined);
    const level: Level = 'info';
    return { timeMs: now(), level, line: JSON.stringify({ level, message: '[redaction failed]' }) };
  }
}

/** Half of a character, without the other half. */
const LONE = /\p{Surrogate}/gu;

function escaped(line: string): string {
  return line.replaceAll(LONE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
