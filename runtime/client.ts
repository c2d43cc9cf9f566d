import { isTornDown } from './io/late-modules.cjs';
import { LoadedOnce } from './io/loaded-once.js';
import { never } from './io/never.js';
import type { ClientOptions } from './send/client-options.js';
import type { LogsPort } from './send/port.js';

/**
 * Makes the calls: by what the application gave, else directly, where everything that they need is plainly there, else by the official client. Which of them is
 * decided, and loaded, with the first call: loading the client takes longer than everything else in this package together.
 */
export function logsPort(options: ClientOptions): LogsPort {
  const port = new LoadedOnce(() => choose(options));
  if (options.isEager) port.begin();
  return {
    putLogEvents: async (target, body, signal) => (await port.get()).putLogEvents(target, body, signal),
    createLogStream: async (target, signal) => (await port.get()).createLogStream(target, signal),
    createLogGroup: async (target, signal) => (await port.get()).createLogGroup(target, signal),
    putRetentionPolicy: async (target, days, signal) =>
      (await port.get()).putRetentionPolicy(target, days, signal),
    close: () => port.end((chosen) => chosen.close()),
  };
}

async function choose(options: ClientOptions): Promise<LogsPort> {
  if (isTornDown()) return never;
  const { given } = options;
  if (given?.kind === 'client')
    return (await import('./sdk/client-port.js')).clientPort(given.client, options);
  if (given) return (await import('./sdk/sdk-port.js')).sdkPort(options);
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
