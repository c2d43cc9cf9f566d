import { HttpRequest } from '@smithy/core/protocols';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { authorizationOf } from '../../../runtime/direct/signature.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import { AnsweringServer, OK, type LaneSurroundings, type SeenRequest } from '../../support/two-lanes.js';

const { signal } = new AbortController();
const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

let server: AnsweringServer;

beforeEach(async () => {
  server = await AnsweringServer.open();
});
afterEach(() => server.close());

function textOf(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
}

const regions = fc.constantFrom(
  'us-east-1',
  'us-gov-west-1',
  'cn-north-1',
  'eu-isoe-west-1',
  'ap-southeast-5',
);
const hosts = fc.oneof(
  fc.constantFrom('127.0.0.1', '[::1]', 'localhost', 'user:pass@localhost'),
  regions.map((region) => `logs.${region}.amazonaws.com`),
);
const segments = fc.oneof(
  fc.constantFrom('', '.', '..', 'a', '~b', 'ä', 'c%20d', '%2F', '+', "!'()*", '$&,;=:@', '%zz', ' ', '|^[]'),
  textOf("abc09-._~!'()*%é€ ", 0, 5),
);
const paths = fc
  .tuple(fc.array(segments, { maxLength: 4 }), fc.constantFrom('', '/', '?x=1', '#y'))
  .map(([parts, end]) => parts.map((part) => `/${part}`).join('') + end);
const secrets = textOf('abcXYZ019/+=-_ üß', 1, 40);
const keys = textOf('AKI019Z_-', 1, 20);
const tokens = fc.option(
  textOf('abcXYZ019/+=-_  ', 1, 60).filter((token) => token.trim() !== ''),
  { nil: undefined },
);
const surroundings: fc.Arbitrary<LaneSurroundings> = fc.record({
  region: regions,
  host: hosts,
  path: paths,
  credentials: fc
    .record({ accessKeyId: keys, secretAccessKey: secrets, sessionToken: tokens })
    .map(({ sessionToken, ...rest }) => ({ ...rest, ...(sessionToken ? { sessionToken } : {}) })),
});
const names = textOf('abZ09-_./#é€"\\', 1, 12);
const calls: fc.Arbitrary<(port: LogsPort) => Promise<unknown>> = fc
  .tuple(
    fc.record({ logGroupName: names, logStreamName: names }),
    fc.constantFrom('put', 'gzip', 'stream', 'group', 'retention'),
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
  )
  .map(([target, kind, bytes]) => (port) => {
    if (kind === 'stream') return port.createLogStream(target, signal);
    if (kind === 'group') return port.createLogGroup(target, signal);
    if (kind === 'retention') return port.putRetentionPolicy(target, 14, signal);
    if (kind === 'put') return port.putLogEvents(target, { bytes, encoding: 'identity' }, signal);
    return port.putLogEvents(target, { bytes: gzipSync(bytes), encoding: 'gzip' }, signal);
  });
/** Of the service; beyond five minutes it refuses a signature by this machine's clock. */
const skews = fc.constantFrom(0, 1_000, -1_000, 299_000, -301_000, 86_400_000, -7_200_000);

/** What only one of them sends, and what follows from it: who it is, which attempt, and the signature over that. */
function comparable({ headers, ...rest }: SeenRequest): object {
  const own = ['user-agent', 'x-amz-user-agent', 'amz-sdk-invocation-id', 'amz-sdk-request', 'authorization'];
  return {
    ...rest,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name))),
  };
}

/** The header as the signer of the official client writes it for this request. */
async function authorizationBySdk(
  { method, url, headers, body }: SeenRequest,
  { region, credentials }: LaneSurroundings,
) {
  const {
    'x-amz-date': date,
    'x-amz-security-token': _,
    connection: __,
    ...signed
  } = headers as Record<string, string>;
  const signer = new SignatureV4({ service: 'logs', region, credentials, sha256: Sha256 });
  const request = new HttpRequest({ method, path: url, headers: signed, body });
  const { headers: result } = await signer.sign(request, { signingDate: dateOf(date!) });
  return result['authorization'];
}

/** The same by the signer that is used here, of what the official client has signed. */
function authorizationByUs(
  { url: path, headers }: SeenRequest,
  { region, credentials }: LaneSurroundings,
): string {
  const [, signed = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization!) ?? [];
  const parts = signed.split(';').map((name) => [name, headers[name] as string]);
  return authorizationOf({ path, region, headers: Object.fromEntries(parts) }, credentials);
}

function dateOf(basic: string): Date {
  return new Date(basic.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
}

test('method, URL, headers, body and signature of a call are those of the official client', async () => {
  await fc.assert(
    fc.asyncProperty(surroundings, calls, skews, async (around, call, skewMs) => {
      const lanes = server.lanes(around);
      const now = jest.spyOn(Date, 'now').mockReturnValue(NOW_MS);
      server.seen.length = 0;
      server.answer = { ...OK, headers: { ...OK.headers, date: new Date(NOW_MS + skewMs).toUTCString() } };
      // The second call is signed with the time that the first answer says.
      for (const port of [lanes.sdk, lanes.direct]) for (const _ of [1, 2]) await call(port);
      now.mockRestore();
      lanes.close();

      const [first, second, ...ours] = server.seen as [SeenRequest, SeenRequest, SeenRequest, SeenRequest];
      expect(ours.map(comparable)).toEqual([first, second].map(comparable));
      expect(dateOf(String(ours[1].headers['x-amz-date'])).getTime()).toBe(NOW_MS + skewMs);
      for (const seen of ours)
        expect(seen.headers.authorization).toBe(await authorizationBySdk(seen, around));
      expect(authorizationByUs(first, around)).toBe(first.headers.authorization);
    }),
    { numRuns: 100 },
  );
});
