/** What a subject is put through. Each scenario returns what the test has to know of what was logged. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { namedFields, otherValues, wordyError } from './contents.mjs';

/** Much longer than a delivery takes on a machine under load. */
const PATIENT_MS = 50_000;

/** Ends the process so that nothing can be delivered any more. */
function die() {
  process.kill(process.pid, 'SIGKILL');
}

function logMany(logger, count, firstId = 0) {
  for (let id = firstId; id < firstId + count; id++) logger.log('info', 'order placed', { id });
}

/** What the subject is, and which calls it has. */
async function facts({ subject, open }) {
  const logger = await open();
  const calls = ['log', 'logError', 'logRequest', 'logAt', 'flush', 'close', 'stats'];
  await logger.close(PATIENT_MS);
  return {
    title: subject.title,
    levels: Object.keys(subject.levels),
    limits: subject.limits ?? {},
    has: calls.filter((call) => typeof logger[call] === 'function'),
  };
}

/** Says what the subject is, then answers each line of stored events on stdin with what they show, as the subject reads them. */
async function reads({ subject, open, tell }) {
  tell(await facts({ subject, open }));
  for await (const line of createInterface({ input: process.stdin })) {
    tell(JSON.parse(line).map((event) => ({ ...subject.read(event), line: event.message })));
  }
}

/** Plays scenarios one after another, each with a log stream of its name behind that of the subject, and returns their results by name. */
async function playsInTurn({ subject, openTo, parts }) {
  const results = {};
  for (const [scenario, args] of Object.entries(parts)) {
    const open = (extras) => openTo(scenario, extras);
    results[scenario] = await scenarios[scenario]({ subject, open, ...args });
  }
  return results;
}

async function delivers({ subject, open, count }) {
  const logger = await open();
  const levels = Object.keys(subject.levels);
  const logged = [];
  for (let id = 0; id < count; id++) {
    const level = levels[id % levels.length];
    const sinceMs = Date.now();
    logger.log(level, `order ${id} placed`, { id });
    logged.push({ level, message: `order ${id} placed`, sinceMs, untilMs: Date.now() });
    if (id % 50 === 49) await pause(2);
  }
  await logger.close(PATIENT_MS);
  return { logged, account: await logger.stats?.() };
}

async function givesTimes({ open, timesMs }) {
  const logger = await open();
  timesMs.forEach((timeMs, id) => logger.logAt(timeMs, 'info', `order ${id} placed`));
  await logger.close(PATIENT_MS);
  return {};
}

/** One after another: records of JSON, awkward names together and each alone, other values, an error. */
async function logsContents({ open, ...args }) {
  const { jsonRecords } = await import('./json-records.mjs');
  const logger = await open();
  const records = jsonRecords(args);
  for (const [id, { message, value }] of records.entries()) {
    logger.log('info', message, { id, value });
    if (id % 50 === 49) await nextTurn();
  }
  logger.log('info', 'order placed', { ...namedFields });
  for (const [name, value] of Object.entries(namedFields))
    logger.log('info', 'order placed', { [name]: value });
  for (const [, value] of otherValues) logger.log('info', 'order placed', { value });
  const { error, words } = wordyError();
  logger.logError('order failed', error);
  await logger.close(PATIENT_MS);
  return {
    records,
    names: Object.entries(namedFields).map(([name, word]) => ({ name, word })),
    values: otherValues.map(([kind, , word]) => ({ kind, word })),
    error: words,
  };
}

async function flushes({ open, count }) {
  const logger = await open();
  logMany(logger, count);
  await logger.flush(PATIENT_MS);
  die();
}

async function closes({ open, count }) {
  const logger = await open();
  logMany(logger, count);
  await logger.close(PATIENT_MS);
  die();
}

async function logsAfterClose({ open, count }) {
  const logger = await open();
  logMany(logger, count);
  await logger.close(PATIENT_MS);
  const thrown = [];
  for (let id = count; id < 2 * count; id++) {
    try {
      logger.log('info', 'order placed', { id });
    } catch (error) {
      thrown.push(String(error));
    }
  }
  await pause(200);
  return { thrown, account: await logger.stats?.() };
}

/** Logs steadily until it is told to stop by a line on stdin, then closes. */
async function survivesOutage({ open, tell }) {
  const logger = await open();
  let logged = 0;
  const timer = setInterval(() => {
    logMany(logger, 10, logged);
    logged += 10;
  }, 100);
  tell('ready');
  await once(process.stdin, 'data');
  process.stdin.destroy();
  clearInterval(timer);
  await logger.close(PATIENT_MS);
  return { logged, account: await logger.stats?.() };
}

async function closesInOutage({ open, count, deadlineMs }) {
  const logger = await open();
  logMany(logger, count);
  const sinceMs = performance.now();
  await logger.close(deadlineMs);
  return { tookMs: performance.now() - sinceMs, account: await logger.stats?.() };
}

/** Says how many lines the sibling has, each time it is asked by a line on stdin. */
async function hasASibling({ open, tell, count }) {
  const logger = await open({ sibling: true });
  process.stdin.on('data', () => tell(logger.siblingLines()));
  for (let id = 0; id < count; id++) {
    logger.log('info', 'order placed', { id });
    if (id % 10 === 9) await pause(5);
  }
  tell('ready');
}

/** An error as HTTP clients make it, with the headers that were sent and received. */
function clientError({ authorization, apiKey, setCookie, url }) {
  return Object.assign(new Error('request failed'), {
    config: {
      method: 'get',
      url: `https://user:${url}@shop.example/orders`,
      headers: { Accept: '*/*', Authorization: `Bearer ${authorization}`, 'X-Api-Key': apiKey },
    },
    response: { status: 502, headers: { 'set-cookie': [`session=${setCookie}`] }, data: 'bad gateway' },
  });
}

/** Real requests, whose headers and URLs have secrets in them, and an error of a client's. */
async function logsRequests({ open, secrets }) {
  const logger = await open();
  const server = createServer((req, res) => {
    res.setHeader('set-cookie', `session=${secrets.setCookie}; HttpOnly`);
    res.setHeader('x-api-key', secrets.answerKey);
    logger.logRequest(req, res);
    res.end('ok');
    logger.logRequest(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sent = request({
    port: server.address().port,
    path: `/orders?next=https://user:${secrets.url}@shop.example/`,
    headers: {
      authorization: `Bearer ${secrets.authorization}`,
      'proxy-authorization': `Basic ${secrets.proxy}`,
      cookie: `session=${secrets.cookie}`,
      'x-api-key': secrets.apiKey,
    },
  }).end();
  const [answer] = await once(sent, 'response');
  await once(answer.resume(), 'end');
  server.close();
  logger.logError('no orders', clientError(secrets));
  await logger.close(PATIENT_MS);
  return {};
}

export const scenarios = {
  facts,
  reads,
  playsInTurn,
  delivers,
  givesTimes,
  logsContents,
  flushes,
  closes,
  logsAfterClose,
  survivesOutage,
  closesInOutage,
  hasASibling,
  logsRequests,
};
