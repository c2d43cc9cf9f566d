import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { copyFor } from '../copies.js';
import { fault, finding, type Finding } from '../finding.js';

/** Whether the thread that makes the calls finds its program. */
export const workerCheck: Check = {
  name: 'Worker thread',
  async run(application) {
    if (!application.settings.core.worker || !application.isDelivering)
      return [finding('worker-off', 'the settings ask for none')];
    return [fileFinding(application)];
  },
};

const FILES = ['fapilog-worker.js', 'fapilog-worker.mjs', 'fapilog-worker.cjs'];

/** The package has it. A bundle has one of its own, beside its other files: where that is, only the application knows. */
function fileFinding({ surroundings: { folder }, settings }: Application): Finding {
  const installed = copyFor('fapilog-cloudwatch', folder)?.folder;
  const own = installed === undefined ? [] : [join(installed, 'dist/esm/runtime/worker/fapilog-worker.js')];
  const beside = ['', 'dist', 'build'].flatMap((each) => FILES.map((name) => join(folder, each, name)));
  const file = [...own, ...beside].find((each) => existsSync(each));
  if (file !== undefined) return finding('worker', `the thread runs ${file}`);
  return fault(
    'worker-file',
    `${settings.placeOf('core', 'worker')} asks for a worker thread, and there is no package fapilog-cloudwatch and no ${FILES[0]} in ${folder}`,
    'bundle fapilog-cloudwatch/worker as a second entry point named fapilog-worker, beside the application; without it, the ' +
      'thread of the application makes the calls',
  );
}
