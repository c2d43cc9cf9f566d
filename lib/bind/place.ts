import type { IConstruct } from 'constructs';

/** Variables by name, with their values in the template. */
export type Variables = Readonly<Record<string, unknown>>;

/** Where the environment variables of one program are set. */
export interface Place {
  /** The construct that warnings are attached to. */
  readonly construct: IConstruct;
  /**
   * Object that records what was written. Default: the construct. Constructs with shared variables name the shared
   * object.
   */
  readonly memory?: object;
  /** Returns the variables that are set now, whoever set them; `undefined` if they cannot be read. */
  read(): Variables | undefined;
  /** Sets variables that are not set yet. */
  write(variables: Readonly<Record<string, string>>): void;
  /** Returns the names of secrets. */
  secrets?(): readonly string[];
  /** Checks the finished tree. A doubtful place gets a warning; returned errors stop the deployment. */
  review?(): string[];
}
