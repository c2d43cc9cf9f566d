import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { twoInFlight } from './two-in-flight.mjs';

const compress = promisify(gzip);

/** Sends ready-made lines with Node.js alone, to measure the cost of the call itself. */
export function bareSigned({ gzips }) {
  return {
    takesCalls: true,
    start({ endpoint, region, logGroupName, logStreamName }) {
      const agent = new Agent({ keepAlive: true });
      const posting = twoInFlight(async (logEvents) => {
        const plain = Buffer.from(JSON.stringify({ logGroupName, logStreamName, logEvents }));
        const body = gzips ? await compress(plain, { level: 1 }) : plain;
        const headers = {
          host: new URL(endpoint).host,
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Logs_20140328.PutLogEvents',
          ...(gzips ? { 'content-encoding': 'gzip' } : {}),
        };
        await post(endpoint, agent, signed(headers, body, region), body);
      });
      return {
        log: (call) => posting.log(call),
        get needsDrain() {
          return posting.needsDrain;
        },
        ready: () => posting.ready(),
        async close() {
          await posting.close();
          agent.destroy();
        },
      };
    },
  };
}

function post(endpoint, agent, headers, body) {
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the endpoint answered ${response.statusCode}; expected 200`));
      });
    });
    call.on('error', reject).end(body);
  });
}

/** Signature version 4 of the `logs` service, for the path `/`. */
function signed(headers, body, region) {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const all = { ...headers, 'x-amz-date': time };
  const names = Object.keys(all).toSorted();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${all[name]}`),
    '',
    names.join(';'),
    hash(body),
  ].join('\n');
  const scope = `${day}/${region}/logs/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n');
  const key = [day, region, 'logs', 'aws4_request'].reduce(
    (secret, part) => mac(secret, part).digest(),
    `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`,
  );
  const credential = `${process.env.AWS_ACCESS_KEY_ID}/${scope}`;
  const signature = mac(key, text).digest('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    'content-length': body.length,
  };
}

const hash = (content) => createHash('sha256').update(content).digest('hex');
const mac = (key, text) => createHmac('sha256', key).update(text);
