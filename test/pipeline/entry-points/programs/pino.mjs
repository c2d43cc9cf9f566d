import pinoTransport from 'fapilog-cloudwatch/pino';

const transport = pinoTransport({});
transport.on('close', () => console.log(JSON.stringify({ isClosed: true })));
transport.write('{"level":30,"msg":"order placed","id":0}\n');
transport.end();
