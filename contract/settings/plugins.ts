import { names } from '../kinds.js';
import { optional, withDefault, type Rows } from './setting.js';

export const pluginSettings = {
  allowlist: optional({
    field: 'ALLOWLIST',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    otherwise: 'any package that is named',
    meaning: 'Packages that may be loaded, if they are named.',
  }),
  denylist: withDefault({
    field: 'DENYLIST',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Packages that are never loaded, whatever the other settings say.',
  }),
} satisfies Rows;
