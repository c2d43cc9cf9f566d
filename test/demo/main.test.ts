import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const program = join(__dirname, '../../dist/build/demo/main.js');

test('the demo reads back every accepted event, and says so', () => {
  // GIVEN what `npm run build` makes
  expect(existsSync(program)).toBe(true);

  // WHEN
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });

  // THEN
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('log group   /myapp/production, kept for 30 days');
  expect(stdout).toContain(
    'accepted 302 = delivered 302 + rejected 0 + spooled 0 + diverted 0 + dropped 0 + pending 0',
  );
  expect(stdout).toContain('Every accepted event was read back exactly once.');
}, 60_000);
