import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { publishedVersions } from '../../../tools/release/registry.js';

/** A registry that knows one package. */
let registry: Server;
let option: string;

beforeAll(async () => {
  registry = createServer((request, response) => {
    const isKnown = request.url === '/logs';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    const versions = {
      '1.0.0': { name: 'logs', version: '1.0.0' },
      '1.1.0': { name: 'logs', version: '1.1.0' },
    };
    response.end(JSON.stringify(isKnown ? { name: 'logs', 'dist-tags': { latest: '1.1.0' }, versions } : {}));
  });
  await new Promise<void>((resolve) => void registry.listen(0, '127.0.0.1', resolve));
  option = `--registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterAll(() => {
  registry.close();
});

test('the registry says which versions are published', async () => {
  expect(await publishedVersions('logs', option)).toEqual(['1.0.0', '1.1.0']);
});

test('a package that it does not know has none', async () => {
  expect(await publishedVersions('unknown', option)).toEqual([]);
});

test('without an answer, nobody knows: that is an error', async () => {
  await expect(publishedVersions('logs', '--registry=http://127.0.0.1:1')).rejects.toThrow(
    /^the registry did not say which versions of logs are published \(ECONNREFUSED: .*\); a release needs the network/s,
  );
});
