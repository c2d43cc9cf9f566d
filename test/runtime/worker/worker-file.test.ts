import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerFile } from '../../../runtime/worker/worker-file.js';
import { thrownBy } from '../../support/environment.js';
import { withDirectory } from '../sinks/support.js';

const directory = withDirectory();
const [, program] = process.argv;

afterEach(() => {
  process.argv[1] = program!;
});

function made(name: string): string {
  const file = join(directory.path, name);
  writeFileSync(file, '');
  return file;
}

test('a file that was named, as path, as URL and as text of a URL', () => {
  const file = made('my-worker.mjs');
  const url = pathToFileURL(file);

  expect([workerFile(file), workerFile(url), workerFile(url.href)]).toEqual([file, file, file]);
});

test.each(['fapilog-worker.js', 'fapilog-worker.mjs', 'fapilog-worker.cjs'])(
  '%s beside the program',
  (name) => {
    const file = made(name);
    process.argv[1] = join(directory.path, 'application.js');

    expect(workerFile()).toBe(file);
  },
);

test('none: it says where it looked and what to do', () => {
  const missing = join(directory.path, 'nowhere.js');
  process.argv[1] = join(directory.path, 'application.js');

  expect(String(thrownBy(() => workerFile(missing)))).toBe(
    `Error: there is no ${missing}; bundle "fapilog-cloudwatch/worker" as a second entry point named fapilog-worker, ` +
      'beside the application, or say where it is: getLogger({ worker: { file } })',
  );
  expect(String(thrownBy(() => workerFile()))).toContain(join(directory.path, 'fapilog-worker.js'));
});
