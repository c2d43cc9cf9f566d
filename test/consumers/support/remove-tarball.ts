import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default function removeTarball(): void {
  const tarball = process.env['PACKED_TARBALL'];
  if (tarball !== undefined) rmSync(dirname(tarball), { recursive: true });
}
