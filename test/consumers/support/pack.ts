import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packs the built package once for all workers: `npm run build` comes first. */
export default function pack(): void {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })) as [
    { readonly filename: string },
  ];
  process.env['PACKED_TARBALL'] = join(folder, filename);
}
