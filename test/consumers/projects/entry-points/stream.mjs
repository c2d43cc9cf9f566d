import { CloudWatchStream } from 'fapilog-cloudwatch/stream';

const stream = new CloudWatchStream({});
stream.write('{"level":30,"msg":"order placed"}\nGET / 200');
stream.end(() => {
  const { accepted, delivered } = stream.stats();
  console.log(JSON.stringify({ accepted, delivered }));
});
