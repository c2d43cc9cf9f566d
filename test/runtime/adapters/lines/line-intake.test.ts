import { LineIntake } from '../../../../runtime/adapters/lines/line-intake.js';

/** What was written and what came out, by an intake whose lines go through a function that may throw. */
class Bench {
  readonly lines: string[] = [];
  held = 0;
  readonly intake: LineIntake<string>;

  constructor(onLine: (line: string) => void = () => undefined) {
    this.intake = new LineIntake<string>({
      onPiece: (piece, lines) => lines.push(piece),
      onLine: (line) => {
        onLine(line);
        this.lines.push(line);
      },
      onHeld: () => this.held++,
    });
  }

  write(piece: string): void {
    const { pieces } = this.intake;
    pieces[pieces.length] = piece;
    try {
      this.intake.take();
    } catch {
      // As those who write do.
    }
  }
}

/** Throws, as a full stack does, so often. */
function throwing(times: number): () => void {
  return () => {
    if (times-- > 0) throw new RangeError('Maximum call stack size exceeded');
  };
}

test.each([1, 2, 3, 4])(
  'what a full stack keeps from being taken goes on with the next call: %i',
  (times) => {
    const bench = new Bench(throwing(times));
    for (const piece of ['a\nb\n', 'c', 'd\ne\n', 'f\n', 'g']) bench.write(piece);
    bench.intake.end();

    expect(bench.lines).toEqual(['a', 'b', 'cd', 'e', 'f', 'g']);
  },
);

test('a line without its end is held, which is said, and handed on at the end', () => {
  const bench = new Bench();
  bench.write('a\n');
  expect(bench.held).toBe(0);
  bench.write('b');
  expect(bench.held).toBe(1);
  bench.intake.end();
  bench.intake.end();

  expect(bench.lines).toEqual(['a', 'b']);
});

test('what is written while a line is taken comes after it', () => {
  const bench: Bench = new Bench((line) => {
    if (line === 'a') bench.write('inner\n');
  });
  bench.write('a\nb\n');

  expect(bench.lines).toEqual(['a', 'b', 'inner']);
});
