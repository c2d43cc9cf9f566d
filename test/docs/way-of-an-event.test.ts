import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/imports.js';

/** Files of `runtime` that CONTRIBUTING.md names on the way of one event. */
function filesOnTheWay(): string[] {
  const document = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, way = ''] = /<!-- way:begin -->(.*)<!-- way:end -->/s.exec(document) ?? [];
  return [...new Set([...way.matchAll(/`([a-z/-]+\.ts)`/g)].map(([, file]) => file!))];
}

/** Files of `runtime` of which a real program runs a function from a log call to the answer. Needs `npm run build`. */
function filesWalked(): string[] {
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const output = execFileSync(process.execPath, [join(__dirname, 'logs-one-event.mjs')], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as string[];
}

test('the way of one event in CONTRIBUTING.md leads through the files that an event passes, and no others', () => {
  const slowPath = ['serialize/events.ts'];
  // It ties the stages, and is named before them.
  const ties = ['assemble.ts'];

  expect(filesOnTheWay().toSorted()).toEqual(
    [...filesWalked().filter((file) => !ties.includes(file)), ...slowPath].toSorted(),
  );
});
