import { getCloudWatchSink } from 'fapilog-cloudwatch/logtape';

const sink = getCloudWatchSink();
sink({
  category: ['app'],
  level: 'info',
  timestamp: Date.now(),
  message: ['order placed'],
  rawMessage: 'order placed',
  properties: { id: 0 },
});
void sink.close().then(({ accepted, delivered }) => console.log(JSON.stringify({ accepted, delivered })));
