import { quietly } from '../../io/quietly.js';
import { LineSplitter } from './line-splitter.js';

export interface LineIntakeParts<Piece> {
  /** Takes a piece: gives text to the splitter. Throws only where the stack is full, and has taken nothing then. */
  readonly onPiece: (piece: Piece, lines: LineSplitter) => void;
  /** Takes a line, as {@link LineSplitter} hands it on. */
  readonly onLine: (line: string) => void;
  /** Something is held that only the end of the process may hand on. Called again and again. */
  readonly onHeld: () => void;
}

/**
 * Takes what other loggers write, of which the lines are made. Holds what a full stack keeps from being taken, and a line that has not
 * ended, until the next call, the end, or the end of the process.
 */
export class LineIntake<Piece> {
  /** What is to be taken. Whoever writes adds to it by index, since no call may be possible, and then calls {@link take}. */
  readonly pieces: Piece[] = [];
  readonly #parts: LineIntakeParts<Piece>;
  readonly #lines: LineSplitter;
  #taken = 0;
  #isTaking = false;

  constructor(parts: LineIntakeParts<Piece>) {
    this.#parts = parts;
    this.#lines = new LineSplitter(parts.onLine);
  }

  /** @throws RangeError where the stack is full; the next call goes on */
  take(): void {
    // A hook that writes meanwhile: the call that is under way takes its piece.
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      for (; this.#taken < this.pieces.length; this.#taken++)
        this.#parts.onPiece(this.pieces[this.#taken]!, this.#lines);
      this.pieces.length = this.#taken = 0;
    } finally {
      this.#isTaking = false;
    }
    if (this.#lines.isHolding) this.#parts.onHeld();
  }

  /** Hands on all that is held, also a line without its end. Never throws. */
  end(): void {
    quietly(() => {
      this.take();
      this.#lines.end();
    });
  }
}
