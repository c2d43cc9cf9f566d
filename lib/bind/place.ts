import type { IConstruct } from 'constructs';
import type { GivenSettings } from '../../contract/codec.js';

/** Variables by name, as they will be in the template. */
export type Variables = Readonly<Record<string, unknown>>;

/** Where the environment variables of one program are set. */
export interface Place {
  /** The construct that warnings are attached to. */
  readonly construct: IConstruct;
  /** What remembers what was written: the construct, unless it shares its variables with others. */
  readonly memory?: object;
  /** The variables that are set now, whoever set them; `undefined` where they cannot be seen. */
  read(): Variables | undefined;
  /** Sets variables, which are not set by anybody else. */
  write(variables: Readonly<Record<string, string>>): void;
  /** Names that are given as secrets, beside the variables. */
  secrets?(): readonly string[];
  /** What is good for a program in such a place, as far as nobody has said it there; what a binding says wins. */
  preset?(): GivenSettings;
  /** Bytes that all names and values may have together, if there is a limit. */
  readonly budgetBytes?: number;
}
