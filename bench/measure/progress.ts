/** Prints the last finished step on stderr, because minutes pass until there is a table. */
export interface Progress {
  say(what: string): void;
}

export function progressOnStderr(): Progress {
  const startMs = performance.now();
  return {
    say: (what) =>
      console.error(`${((performance.now() - startMs) / 1_000).toFixed(0).padStart(5)} s  ${what}`),
  };
}
