import { subscribe } from 'node:diagnostics_channel';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent as OfHpagent } from 'hpagent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { CloudWatchSink, DIAGNOSTICS_CHANNEL, getLogger } from '../../../dist/esm/runtime/index.js';

/** Delivers three events through the proxy of PROXY_URL by the agent and the option that variables name; by itself without them. */
const { PROXY_URL: proxy, AGENT: agent, OPTION: option } = process.env;

const agents = {
  'https-proxy-agent': () => new HttpsProxyAgent(proxy, { keepAlive: true }),
  hpagent: () => new OfHpagent({ proxy, keepAlive: true }),
};

const config = () => ({ requestHandler: new NodeHttpHandler({ httpsAgent: agents[agent]() }) });

const options = {
  client: () => ({
    client: new CloudWatchLogsClient({ ...config(), region: 'us-east-1', endpoint: process.env.ENDPOINT }),
  }),
  clientConfig: () => ({ clientConfig: { ...config(), endpoint: process.env.ENDPOINT } }),
  itself: () => ({ endpointUrl: process.env.ENDPOINT }),
};

const settings = { logGroupName: '/app', logStreamName: 'api', retryBaseDelay: 0.01 };

const logger =
  process.env.PROGRAM === 'worker'
    ? getLogger({
        settings: {
          core: { worker: true },
          sinkConfig: { cloudwatch: { ...settings, ...options.itself() } },
        },
      })
    : getLogger({ sinks: [new CloudWatchSink({ ...settings, ...options[option ?? 'itself']() })] });
for (let id = 0; id < 3; id++) logger.info('through the proxy', { id });
// Whoever sets a deadline expects a failure, which takes as long as the SDK takes to load.
if (process.env.DEADLINE_MS)
  await new Promise((resolve) => {
    subscribe(DIAGNOSTICS_CHANNEL, ({ code }) => code.startsWith('failed.') && resolve());
    void logger.flush();
  });
const report = await logger.close({ deadlineMs: Number(process.env.DEADLINE_MS ?? 20_000) });
console.log(JSON.stringify(report));
