export { CloudWatchTransport, type CloudWatchTransportOptions } from './winston/cloud-watch-transport.js';
export type { TransportOptions } from './winston/transport-options.js';
export type { WinstonCloudWatchOptions } from './winston/winston-cloudwatch-options.js';
export type { OutletOptions } from './outlet/outlet-options.js';
