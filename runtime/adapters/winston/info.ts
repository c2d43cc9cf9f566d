import type { Fields } from '../../log-record.js';

/** What winston hands to a transport: the members of a log call, as the formats have left them. */
export interface Info extends Fields {
  readonly level?: unknown;
  readonly message?: unknown;
  /** The name of the level as the logger was called with it, whatever a format made of `level`. */
  readonly [LEVEL]?: string | undefined;
  /** The text that the last format made. */
  readonly [MESSAGE]?: unknown;
  /** The arguments behind the message. */
  readonly [SPLAT]?: readonly unknown[] | undefined;
}

/** The symbols of the package triple-beam, which winston and all its formats share. */
export const LEVEL = Symbol.for('level');
export const MESSAGE = Symbol.for('message');
export const SPLAT = Symbol.for('splat');

/** What a transport reads of the logger to which it is added. */
export interface ParentLogger {
  readonly levels?: Readonly<Record<string, number>> | undefined;
  readonly defaultMeta?: object | null | undefined;
}
