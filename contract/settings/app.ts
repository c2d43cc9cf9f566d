import { text } from '../kinds.js';
import { reads } from './python-reading.js';
import { optional, type Rows } from './setting.js';

const name = text('any text that is not blank', () => true);

export const appSettings = {
  service: optional({
    field: 'SERVICE',
    kind: name,
    otherwise: '`OTEL_SERVICE_NAME`, or the name of the Lambda function',
    meaning: 'Name of the service: the field `service` of each line.',
    python: reads({ default: '`fapilog`' }),
  }),
  env: optional({
    field: 'ENV',
    kind: name,
    otherwise: 'no field',
    meaning: 'Environment, such as production: the field `env` of each line.',
    python: reads({ default: '`ENV`, else `dev`' }),
  }),
  version: optional({
    field: 'VERSION',
    kind: name,
    otherwise: 'the version of the Lambda function',
    meaning: 'Version of the service: the field `version` of each line.',
    python: reads({ default: 'none' }),
  }),
} satisfies Rows;
