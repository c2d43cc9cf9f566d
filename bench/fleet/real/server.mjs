// The local server in a process of its own, with the quota that its first argument names. Sends where it listens, and its calls when
// it is asked for them.
import { startLocalCloudWatchLogs } from '../../../dist/esm/local/index.js';

const server = await startLocalCloudWatchLogs({ limitTps: Number(process.argv[2]), viewer: false });
process.once('disconnect', () => process.exit());
process.on('message', () => process.send(server.calls));
process.send(server.endpoint);
