interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A line at the end of a terminal that is written over, such as how far a query is. Elsewhere nothing is written. */
export class Progress {
  readonly #terminal: Terminal;
  #isShown = false;

  constructor(terminal: Terminal = process.stderr) {
    this.#terminal = terminal;
  }

  show(text: string): void {
    if (!this.#terminal.isTTY) return;
    this.#isShown = true;
    this.#terminal.write(`\r\u001b[K${text}`);
  }

  /** Before anything else is written. */
  clear(): void {
    if (this.#isShown) this.#terminal.write('\r\u001b[K');
    this.#isShown = false;
  }
}
