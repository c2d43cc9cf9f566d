/**
 * Measures `emit` of the built package: `node bench/emit.mjs --mb 1000 --lines json`. Lines go through a pipe to a server on this machine
 * that stores nothing. Prints megabytes a second, the most memory that the command had, and the processor time that it took.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '200' }, lines: { type: 'string', default: 'json' } },
});
const bytes = Number(values.mb) * 1_000_000;

/** A process of its own, as the service is. */
const SERVER = `
  require('node:http').createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.setHeader('x-amzn-requestid', 'r');
      response.end('{}');
    });
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

const KINDS = {
  json: (index) =>
    JSON.stringify({
      level: 30,
      time: Date.now(),
      pid: 12,
      hostname: 'web1',
      reqId: `r-${index}`,
      msg: 'request completed',
      responseTime: Math.random() * 100,
      req: { method: 'GET', url: `/orders/${index}` },
    }),
  plain: (index) =>
    `10.0.0.${index % 256} - - [15/Jan/2026:12:00:00 +0000] "GET /orders/${index} HTTP/1.1" 200 ${index % 5_000} "-" "Mozilla/5.0 ${Math.random()}"`,
};

const makeLine = KINDS[values.lines];
if (!makeLine || !(bytes > 0)) throw new Error('Allowed: --mb NUMBER, --lines json or plain.');
const piece = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${makeLine(index)}\n`).join(''));

const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
const [port] = await once(server.stdout, 'data');
const command = spawn(
  process.execPath,
  [join(import.meta.dirname, '../dist/cli/main.js'), 'emit', '--group', '/bench', '--verbose'],
  {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: {
      ...process.env,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: '123456789012',
      AWS_SECRET_ACCESS_KEY: 'local',
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: `http://127.0.0.1:${String(port).trim()}`,
    },
  },
);

const beganMs = performance.now();
let written = 0;
for (; written < bytes; written += piece.length)
  if (!command.stdin.write(piece)) await once(command.stdin, 'drain');
const status = readFileSync(`/proc/${command.pid}/status`, 'utf8');
const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${command.pid}/stat`, 'utf8')
  .replace(/\(.*\)/, 'name')
  .split(' ')
  .slice(2);
command.stdin.end();
const [code] = await once(command, 'exit');
const seconds = (performance.now() - beganMs) / 1_000;
server.kill();

const peakMib = Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1_024;
const processorSeconds = (Number(user) + Number(system)) / 100;
console.log(
  `${values.lines}: ${(written / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, ${(written / 1e6 / seconds).toFixed(1)} MB/s; ` +
    `at most ${peakMib.toFixed(0)} MiB; ${processorSeconds.toFixed(1)} s of a processor; load ${loadavg()[0].toFixed(1)}; status ${code}`,
);
