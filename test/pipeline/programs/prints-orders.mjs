/** A program that prints, as before it is moved: `prints-orders.mjs`, and with its console captured: `prints-orders.mjs captured`. */
import { captureConsole } from '../../../dist/esm/runtime/adapters/console.js';
import { cloudwatchTo } from './settings.mjs';

if (process.argv[2] === 'captured') captureConsole(cloudwatchTo('api-server'));

console.log('started on port %d', 8080);
for (let id = 0; id < 50; id++) console.log('order placed', { id, items: [id] });
console.log();
console.warn('slow: 5 s');
console.error('payment failed', new Error('card declined', { cause: new TypeError('no card') }));
console.log('order', { id: 50, customer: { address: { city: { name: 'Oslo' } } } });
