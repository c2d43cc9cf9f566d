import { names } from '../kinds.js';
import { harms, reads } from './python-reading.js';
import { optional, withDefault, type Rows } from './setting.js';

export const pluginSettings = {
  allowlist: optional({
    field: 'ALLOWLIST',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    otherwise: 'any package that is named',
    meaning: 'Packages that may be loaded, if they are named.',
    python: harms(
      'holds its own sinks, filters and redactors against the list, too, and leaves out those that are not in it',
      (listed) => listed.length > 0,
    ),
  }),
  denylist: withDefault({
    field: 'DENYLIST',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Packages that are never loaded, whatever the other settings say.',
    python: reads(),
  }),
} satisfies Rows;
