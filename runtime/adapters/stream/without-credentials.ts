import {
  areHeaders,
  areWireHeaders,
  isCredentialOfHttp,
  isHttp,
  isShownHeader,
  maskWireHeaders,
} from '../../redact/lines/http-headers.js';
import { CENSOR } from '../../serialize/censor.js';
import { guarded } from '../../serialize/guard.js';
import { copyOf, isPlain } from '../../serialize/view.js';

/** Hides what may be a credential in a request or response that a serializer, such as that of bunyan, has made a plain object of. */
export function withoutCredentials(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !guarded(() => isPlain(value), false)) return value;
  if (!isHttp(guarded(() => Object.keys(value), []))) return value;
  const shown = Object.entries(copyOf(value)).map(([name, each]) => [name, shownMember(name, each)] as const);
  return Object.fromEntries(shown);
}

function shownMember(name: string, value: unknown): unknown {
  if (isCredentialOfHttp(name)) return CENSOR;
  if (typeof value === 'string') return areWireHeaders(name) ? maskWireHeaders(value, CENSOR) : value;
  return areHeaders(name) && typeof value === 'object' && value !== null ? shownHeaders(value) : value;
}

/** Lists of headers, such as `rawHeaders`, are hidden as a whole. */
function shownHeaders(headers: object): unknown {
  if (Array.isArray(headers)) return CENSOR;
  const shown = Object.entries(copyOf(headers)).map(
    ([name, value]) => [name, isShownHeader(name) ? value : CENSOR] as const,
  );
  return Object.fromEntries(shown);
}
