'use strict';

// Stands in for the native part of Lambda's runtime client where that could not be compiled; `--require` puts it in its
// place. The native part blocks its thread while it posts an answer. Here, the next invocation is asked for after that.

const { Agent, request } = require('node:http');
const Module = require('node:module');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true });
const load = Module._load; // oxlint-disable-line no-underscore-dangle -- Node's name for it

let answers = Promise.resolve();

// oxlint-disable-next-line no-underscore-dangle -- the same
Module._load = (name, ...rest) =>
  name === './rapid-client.node' ? { next, done, error } : load(name, ...rest);

async function next() {
  await answers;
  const { headers, body } = await call('GET', '/next');
  return { headers, bodyJson: body };
}

function done(id, body) {
  answer(`/${id}/response`, body);
}

function error(id, body) {
  answer(`/${id}/error`, body);
}

function answer(path, body) {
  answers = Promise.all([answers, call('POST', path, body)]);
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
