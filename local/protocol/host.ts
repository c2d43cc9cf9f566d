import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../service-error.js';

/** Names that lead to this machine, wherever they are asked for: `localhost` is never looked up in the DNS by a browser. */
const LOOPBACK = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What clients put before the host of StartLiveTail (API). */
const HOST_PREFIX = /^stream-/;

/**
 * Refuses what a web page could have sent: its name may have been pointed at this machine (DNS rebinding), after which it could read
 * and write logs as its own; and another page's `Origin` says by itself where it comes from.
 *
 * @param allowed names that this server has besides those of the loopback
 * @throws ServiceError with status 403
 */
export function checkHost(headers: IncomingHttpHeaders, allowed: readonly string[]): void {
  const { host = '', origin } = headers;
  if (!isOurs(host, allowed)) throw forbidden(hostText(host));
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase())
    throw forbidden(`A page of ${origin} may not use this server.`);
  if (isPartOfOtherPage(headers)) throw forbidden('A page of another site may not use this server.');
}

/** Browsers say of a picture or a script, too, which other page wants it. A link to this server may be followed. */
function isPartOfOtherPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return (site === 'cross-site' || site === 'same-site') && headers['sec-fetch-mode'] !== 'navigate';
}

function isOurs(host: string, allowed: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/:\d*$/, '');
  return [name, name.replace(HOST_PREFIX, '')].some(
    (each) => LOOPBACK.test(each) || allowed.some((other) => other.toLowerCase() === each),
  );
}

function hostText(host: string): string {
  const name = host === '' ? 'A request without a host' : `The host ${host}`;
  return `${name} is not this machine's loopback. If it is meant, start the server with --allowed-host, or allowedHosts in code.`;
}

/** Host and port of an origin, without the port that its scheme implies, as `Host` has it. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function forbidden(text: string): ServiceError {
  return new ServiceError('AccessDeniedException', text, { status: 403 });
}
