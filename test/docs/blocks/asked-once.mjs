/** Loaded before a server: it listens on any free port in place of 8080, is asked one request, and gets SIGTERM then. */
import { get } from 'node:http';
import { Server } from 'node:net';

const listen = Reflect.get(Server.prototype, 'listen');

Server.prototype.listen = function (...args) {
  const [first] = args;
  if (first === 8080) args[0] = 0;
  else if (first?.port === 8080) args[0] = { ...first, port: 0 };
  else return listen.apply(this, args);
  this.once('listening', () => ask(this.address().port));
  return listen.apply(this, args);
};

function ask(port) {
  const options = { port, path: '/orders/7?full=1', headers: { 'x-tenant': 'acme' }, agent: false };
  get(options, (response) => {
    response.resume();
    response.on('end', () => setImmediate(() => process.kill(process.pid, 'SIGTERM')));
    console.log(`GET /orders/7?full=1 ${response.statusCode}`);
  });
}
