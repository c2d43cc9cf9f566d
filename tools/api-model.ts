/**
 * Writes `local/api/model.generated.ts`: what the service's API model says of the operations that the local server has. The model is a
 * file of botocore, `data/logs/2014-03-28/service-2.json`, whose path is the argument; what the installed AWS SDK for JavaScript
 * knows beyond it is added: operations, members (without constraints), values of enumerations. With `--print` it prints the module.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { modelSource } from './api-model/model-source.js';
import type { ApiModel } from './api-model/api-model.js';

const [path, option] = process.argv.slice(2);
if (path === undefined) {
  console.error(
    'usage: npm run api-model -- <path of service-2.json or service-2.json.gz of botocore> [--print]',
  );
  process.exit(1);
}
const bytes = readFileSync(path);
const model = JSON.parse(String(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)) as ApiModel;
const target = join(import.meta.dirname, '../../../local/api/model.generated.ts');
const source = await modelSource(model);
if (option === '--print') process.stdout.write(source);
else writeFileSync(target, source);
