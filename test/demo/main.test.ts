import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

test('with --keep, the server stays until Ctrl-C', async () => {
  const demo = spawn(process.execPath, [program, '--keep'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  demo.stdout.setEncoding('utf8');
  for await (const text of demo.stdout) {
    stdout += String(text);
    const [, url] = /^The page is at (\S+) until Ctrl-C\.$/m.exec(stdout) ?? [];
    if (url === undefined) continue;
    // The address is there from the start.
    expect(stdout.startsWith(`The page is at ${url}\n`)).toBe(true);
    expect((await fetch(url)).headers.get('content-type')).toContain('text/');
    demo.kill('SIGINT');
  }

  const [status] = demo.exitCode === null ? ((await once(demo, 'exit')) as [number]) : [demo.exitCode];
  expect(status).toBe(0);
}, 60_000);
