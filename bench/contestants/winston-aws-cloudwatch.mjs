import { once } from 'node:events';
import { Agent } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import winston from 'winston';
import CloudWatchTransport from 'winston-aws-cloudwatch';

export default {
  configuration:
    'winston with winston-aws-cloudwatch (AWS SDK 2), `batchSize` 2,000 instead of 20 (it counts no bytes), `submissionInterval` 1 ms instead of 2 s, `highWaterMark` 2,000 so that winston hands over more than 16 at a time. Waits for `drain`. Cannot tell when it is done: the benchmark waits until it has formatted everything and its connections are idle',
  start({ endpoint, region, logGroupName, logStreamName }) {
    const agent = new Agent({ keepAlive: true });
    let logged = 0;
    let formatted = 0;
    const transport = new CloudWatchTransport({
      logGroupName,
      logStreamName,
      createLogStream: true,
      batchSize: 2_000,
      submissionInterval: 1,
      highWaterMark: 2_000,
      awsConfig: { endpoint, region, httpOptions: { agent } },
      formatLog({ level, message, meta }) {
        formatted++;
        return JSON.stringify({ level, message, ...meta });
      },
    });
    const isBusy = () => formatted < logged || Object.keys(agent.sockets).length > 0;
    const logger = winston.createLogger({ transports: [transport] });
    return {
      log({ level, message, fields }) {
        logged++;
        logger[level](message, fields);
      },
      get needsDrain() {
        return logger.writableNeedDrain;
      },
      ready: () => once(logger, 'drain'),
      async close() {
        // When it ends, winston drops lines that it has not handed to the transport yet.
        while (logger.readableLength > 0) await nextTurn();
        logger.end();
        while (isBusy()) await sleep(2);
        agent.destroy();
      },
    };
  },
};
