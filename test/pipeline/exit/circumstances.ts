/** How the service is while a program runs: answers at once, after 300 ms, or not at all. */
export const services = ['up', 'slow', 'down'] as const;

export type Service = (typeof services)[number];

/** Where the sink runs. */
export interface Mode {
  readonly name: string;
  /** What the programs are told. */
  readonly env: Readonly<Record<string, string>>;
}

export const modes: readonly Mode[] = [{ name: 'in process', env: {} }];

/** What the sink puts on disk. */
export interface Spool {
  readonly name: string;
  /** Whether every event is on disk before it is sent. */
  readonly isWriteAhead: boolean;
  readonly open: () => SpoolFolder | Promise<SpoolFolder>;
}

/** The spool of one run. */
export interface SpoolFolder {
  /** What the programs are told. */
  readonly env: Readonly<Record<string, string>>;
  /** The numbers of the events that are on disk when the program has ended. */
  readonly read: () => readonly number[] | Promise<readonly number[]>;
}

export const spools: readonly Spool[] = [
  { name: 'none', isWriteAhead: false, open: () => ({ env: {}, read: () => [] }) },
];
