import { isTornDown } from './io/late-modules.cjs';
import type { ClientOptions } from './send/client-options.js';
import type { LogsPort } from './send/port.js';

/**
 * Makes the calls: directly, where everything that they need is plainly there, else by the official client. Which of them is
 * decided, and loaded, with the first call: loading the client takes longer than everything else in this package together.
 */
export function logsPort(options: ClientOptions): LogsPort {
  let choosing: Promise<LogsPort> | undefined;
  const chosen = (): Promise<LogsPort> => {
    choosing ??= choose(options).catch((error: unknown) => {
      // A file of the package that could not be read, perhaps. The next call tries again.
      choosing = undefined;
      throw error;
    });
    return choosing;
  };
  if (options.isEager) void chosen().catch(() => undefined);
  return {
    putLogEvents: async (target, body, signal) => (await chosen()).putLogEvents(target, body, signal),
    createLogStream: async (target, signal) => (await chosen()).createLogStream(target, signal),
    createLogGroup: async (target, signal) => (await chosen()).createLogGroup(target, signal),
    putRetentionPolicy: async (target, days, signal) =>
      (await chosen()).putRetentionPolicy(target, days, signal),
    close: () => void choosing?.then((port) => port.close()).catch(() => undefined),
  };
}

/** For calls of a test file that has ended meanwhile. They end by their time-out. */
const never = new Promise<never>(() => undefined);

async function choose(options: ClientOptions): Promise<LogsPort> {
  if (isTornDown()) return never;
  const { directPort, directWay } = await import('./direct/direct.js');
  const { settings } = options;
  const way = await directWay(
    settings,
    () => process.env,
    async (properties) => (await import('./sdk/sdk-port.js')).sdkCredentials(settings)(properties),
  );
  if (way === undefined) return (await import('./sdk/sdk-port.js')).sdkPort(options);
  return directPort(way, options);
}
