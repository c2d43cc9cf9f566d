// A server in a process of its own, as users have it: what would end the process ends it. Uses the built package.
import { startLocalCloudWatchLogs } from '../../dist/esm/local/index.js';

const server = await startLocalCloudWatchLogs();
process.send(server.endpoint);
process.once('disconnect', () => process.exit());
