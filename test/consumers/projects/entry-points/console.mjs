import { captureConsole } from 'fapilog-cloudwatch/console';

const capture = captureConsole({ passThrough: false });
console.error('order failed', new TypeError('no card'));
void capture.close().then(({ accepted, delivered }) => console.log(JSON.stringify({ accepted, delivered })));
