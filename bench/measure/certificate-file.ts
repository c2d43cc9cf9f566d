import { mkdirSync, writeFileSync } from 'node:fs';
import type { Endpoint } from '../endpoint/endpoint.js';
import { projectPath } from '../paths.js';

/** Writes the endpoint's certificate to a file for `NODE_EXTRA_CA_CERTS`, and returns its path. */
export function certificateFile({ certificate }: Pick<Endpoint, 'certificate'>): string {
  const file = projectPath('.cache/bench/certificate.pem');
  mkdirSync(projectPath('.cache/bench'), { recursive: true });
  writeFileSync(file, certificate);
  return file;
}
