/** Prints finished steps, because minutes pass until there is a table, and how long the rest will take. */
export interface Progress {
  /** Begins a measurement, or divides what is left of it into so many steps. */
  begin(measurement: string, steps: number): void;
  /** Reports a finished step. */
  say(what: string): void;
}

export interface ProgressOptions {
  /** Seconds that each measurement of the run takes, as a rule. */
  readonly expected: Readonly<Record<string, number>>;
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
}

/** The time left is what is expected of the remaining steps, at the pace of the finished ones. */
export function progressOf({ expected, print, nowMs }: ProgressOptions): Progress {
  const startMs = nowMs();
  let measuringSinceMs = startMs;
  const total = Object.values(expected).reduce((sum, seconds) => sum + seconds, 0);
  let done = 0;
  let current = { measurement: '', left: 0, steps: 0 };
  const advance = (seconds: number): void => {
    done += seconds;
    current.left -= seconds;
  };
  return {
    begin(measurement, steps) {
      if (measurement === current.measurement) {
        current.steps = steps;
        return;
      }
      if (current.measurement === '') measuringSinceMs = nowMs();
      advance(current.left);
      current = { measurement, left: expected[measurement] ?? 0, steps };
    },
    say(what) {
      if (current.steps > 0) advance(current.left / current.steps--);
      const pace = done > 0 ? (nowMs() - measuringSinceMs) / 1_000 / done : 1;
      print(`${clock((nowMs() - startMs) / 1_000)}  ${clock((total - done) * pace)} left  ${what}`);
    },
  };
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, '0')}`;
}
