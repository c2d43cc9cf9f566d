/** What is bundled without a word to the bundler: a function that logs a line, and may have its settings in a file. */
import { dirname } from 'node:path';
import { getLogger } from 'fapilog-cloudwatch';

export async function handler() {
  const logger = getLogger();
  logger.info('order placed', { id: 0 });
  return logger.flush({ deadlineMs: Number(process.env.DEADLINE_MS ?? 30_000) });
}

// As on AWS Lambda, where the function works in its own folder.
process.chdir(dirname(process.argv[1]));
process.env.FAPILOG_CLOUDWATCH__LOG_STREAM_NAME = 'api-server';
process.env.FAPILOG_CLOUDWATCH__REGION = 'us-east-1';
process.env.FAPILOG_CLOUDWATCH__ENDPOINT_URL = process.env.SERVICE_URL;
process.env.FAPILOG_CORE__SINKS = '["cloudwatch"]';
if (process.argv[2]) process.env.FAPILOG_CONFIG_FILE = process.argv[2];
else process.env.FAPILOG_CLOUDWATCH__LOG_GROUP_NAME = '/myapp/production';
handler().then(
  (report) => console.log(JSON.stringify(report)),
  (error) => {
    // Not thrown: Node.js would show the line, which in a bundle is all of it.
    console.error(error.message);
    process.exitCode = 1;
  },
);
