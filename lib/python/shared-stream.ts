import type { GivenSettings } from '../../contract/codec.js';
import { isUnresolved } from '../tokens.js';

/**
 * Names a log stream that begins with the prefix, unless the settings name one. Python's fapilog knows no prefix: its own log streams
 * would be denied. All processes of the writer share this one, which the service allows.
 */
export function withSharedStream(settings: GivenSettings): GivenSettings {
  const { logStreamName, logStreamPrefix } = settings.cloudwatch ?? {};
  if (logStreamName !== undefined || logStreamPrefix === undefined) return settings;
  return {
    ...settings,
    cloudwatch: { ...settings.cloudwatch, logStreamName: sharedStream(logStreamPrefix) },
  };
}

function sharedStream(prefix: string): string {
  const isWord = !isUnresolved(prefix) && /[\p{L}\p{N}]$/u.test(prefix);
  return `${prefix}${isWord ? '-' : ''}shared`;
}
