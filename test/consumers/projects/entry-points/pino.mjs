import pinoTransport, { pinoStream } from 'fapilog-cloudwatch/pino';

const stream = pinoStream({});
stream.write('{"level":30,"msg":"order placed","id":0}\n');
const transport = pinoTransport({});
transport.on('close', async () => {
  const { delivered } = await stream.close();
  console.log(JSON.stringify({ isClosed: true, delivered }));
});
transport.write('{"level":30,"msg":"order placed","id":0}\n');
transport.end();
