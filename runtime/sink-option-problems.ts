import type { Problem } from '../contract/problems.js';
import { sections } from '../contract/sections.js';
import type { Caller } from './edges.js';
import { unknownOptions } from './settings/unknown-options.js';

const SINK: Caller = { of: 'new CloudWatchSink' };

/** Options of a sink that are no settings. */
const NO_SETTINGS = ['clientConfig', 'env', 'onDiagnostic', 'onRejected'];

/** How settings in code, and the sink's own checks, name an option. */
const PLACES = /\bsinkConfig\.cloudwatch\.|\bnew CloudWatchSink: options\./g;

/** Options that neither the sink nor who takes them for it knows. */
export function unknownSinkOptions(options: object, { of, own = [] } = SINK): Problem[] {
  return unknownOptions(of, options, [...own, ...Object.keys(sections.cloudwatch.rows), ...NO_SETTINGS]);
}

/** The problems by the names that the caller has given: who passes options knows of no `sinkConfig`. */
export function asOptions(problems: readonly Problem[], { of } = SINK): Problem[] {
  return problems.map(({ where, value, allowed }) => ({
    where: where.replace(PLACES, `${of}: options.`),
    value,
    allowed: allowed.replace(PLACES, 'options.'),
  }));
}
