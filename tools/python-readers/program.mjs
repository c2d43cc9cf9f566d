// Logs what program.py logs, with the built package, and ends as a program does that waits for its logger.
import { readFileSync } from 'node:fs';
import { getLogger } from '../../dist/esm/runtime/index.js';

const logger = getLogger();
for (const { level, message, fields } of JSON.parse(readFileSync(0, 'utf8')))
  void logger[level](message, fields);
await logger.close();
