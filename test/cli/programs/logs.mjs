// Logs some lines, and prints the report of their delivery and the variables that it was given.
import { getLogger } from 'fapilog-cloudwatch';

const [count = '3', status = '0'] = process.argv.slice(2);
const logger = getLogger();
for (let id = 0; id < Number(count); id++) logger.info('line', { id });
const report = await logger.close();
const names = Object.keys(process.env).filter((name) => /^(AWS|FAPILOG)_/.test(name));
const env = Object.fromEntries(names.map((name) => [name, process.env[name]]));
console.log(JSON.stringify({ report, env }));
process.exitCode = Number(status);
