import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../../bench/endpoint/certificate.js';

test('a certificate is its own issuer, is for this machine, and is valid now', () => {
  const certificate = new X509Certificate(selfSigned().cert);

  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('127.0.0.2')).toBeUndefined();
  expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
});

test('who trusts it speaks TLS with its owner', async () => {
  const { key, cert } = selfSigned();
  const server = createServer({ key, cert }, (_, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const [response] = await once(get({ host: '127.0.0.1', port, ca: cert, agent: false }), 'response');
    response.resume();

    expect(response.statusCode).toBe(200);
  } finally {
    server.close();
  }
});
