/** Runs each test of the file with a process environment that has no variables of ours, and puts the old one back. */
export function withCleanEnvironment(): void {
  const before = process.env;

  beforeEach(() => {
    const others = Object.entries(before).filter(([name]) => !name.toUpperCase().startsWith('FAPILOG_'));
    process.env = Object.fromEntries(others);
  });

  afterEach(() => {
    process.env = before;
  });
}

/** What work throws, and `undefined` if it throws nothing. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
