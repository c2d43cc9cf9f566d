import type { Level } from '../../contract/levels.js';
import type { Fields } from '../log-record.js';
import { currentScope, type Scope } from './scope.js';

/** Options of {@link withContext}, and of the wrapper of a Lambda handler. */
export interface ContextOptions {
  /** Lines from this level on, which the logger leaves out, wait until an error is logged. @default - none wait */
  readonly bufferLevel?: Level | undefined;
}

/** A scope that ends. */
export interface OpenScope {
  readonly scope: Scope;
  /** Lets the lines that wait go on if the work has failed, else drops them, and counts them as filtered. */
  end(hasFailed: boolean): void;
}

/** Makes a scope within the current one. Inner fields win over outer ones. */
export function openScope(fields: Fields, _options: ContextOptions = {}): OpenScope {
  const outer = currentScope();
  return {
    scope: { ...outer, fields: Object.freeze({ ...outer?.fields, ...fields }) },
    end: () => undefined,
  };
}
