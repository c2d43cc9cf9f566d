import { createServer, get } from 'node:http';
import { getLogger } from 'fapilog-cloudwatch';
import { requestLogger } from 'fapilog-cloudwatch/http';

const logger = getLogger();
const logged = requestLogger({ level: { '2xx': 'warn' } });
const server = createServer((req, res) => logged(req, res, () => res.end('ok')));

async function ended() {
  const { accepted, delivered } = await logger.close();
  console.log(JSON.stringify({ accepted, delivered }));
}

server.listen(0, '127.0.0.1', () => {
  get(`http://127.0.0.1:${server.address().port}/orders`, { agent: false }, (answer) => {
    answer.resume();
    server.close(ended);
  });
});
