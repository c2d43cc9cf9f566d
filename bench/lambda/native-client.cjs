/**
 * Stands in for the native part of the runtime client, which its install scripts would compile. A path of it is
 * preloaded with `--require` where it was not. The client asks for invocations by it and answers them.
 */
const { Agent, request } = require('node:http');
const Module = require('node:module');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const load = Module._load; // oxlint-disable-line no-underscore-dangle -- Node's name for it

// oxlint-disable-next-line no-underscore-dangle -- the same
Module._load = (name, ...rest) =>
  name === './rapid-client.node' ? { next, done, error } : load(name, ...rest);

async function next() {
  const { headers, body } = await call('GET', '/next');
  return { headers, bodyJson: body };
}

function done(id, body) {
  void call('POST', `/${id}/response`, body);
}

function error(id, body) {
  void call('POST', `/${id}/error`, body);
}

function call(method, path, text) {
  return new Promise((resolve, reject) => {
    const options = { host, port, agent, method, path: `/2018-06-01/runtime/invocation${path}` };
    const sent = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ headers: response.headers, body }));
    });
    sent.on('error', reject).end(text);
  });
}
