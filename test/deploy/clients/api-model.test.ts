import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../../support/tools.js';
import { pythonCommand } from './programs.js';

const ROOT = join(__dirname, '../../..');
const TABLE = 'local/api/model.generated.ts';
const MODEL =
  "import botocore, os; print(os.path.dirname(botocore.__file__) + '/data/logs/2014-03-28/service-2.json.gz')";

describeWith(pythonCommand)("botocore's model of the service", () => {
  // If not, botocore is of another version: `npm run api-model` brings the table up to date.
  test(`makes exactly the table in ${TABLE}`, () => {
    const path = execFileSync(pythonCommand!, ['-c', MODEL], { encoding: 'utf8' }).trim();
    const tool = join(ROOT, 'dist/build/tools/api-model.js');
    const text = execFileSync(process.execPath, [tool, path, '--print'], { encoding: 'utf8' });

    expect(text).toBe(readFileSync(join(ROOT, TABLE), 'utf8'));
  });
});
