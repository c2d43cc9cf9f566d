/**
 * Opens a subject by its name and plays a scenario: `runner.mjs <subject> <scenario> <arguments as JSON>`. The scenario's result
 * goes to stdout as JSON, as the member `result`.
 */
import { scenarios } from './scenarios.mjs';

const [, , name, scenario, json = '{}'] = process.argv;
const subject = await import(`./subjects/${name}.mjs`);
const { sink, ...args } = JSON.parse(json);
const options = {
  logGroupName: '/adapters',
  logStreamName: name,
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  ...sink,
};
const open = (extras = {}) => subject.open(options, extras);
const openTo = (stream, extras = {}) =>
  subject.open({ ...options, logStreamName: `${name}-${stream}` }, extras);
// A worker thread of a logger does not keep the process alive, so that waiting for it would end the process.
const waiting = setInterval(() => undefined, 1_000_000);
const last = await scenarios[scenario]({ subject, open, openTo, tell, ...args });
if (last !== undefined) tell(last);
clearInterval(waiting);

function tell(result) {
  process.stdout.write(`${JSON.stringify({ result })}\n`);
}
