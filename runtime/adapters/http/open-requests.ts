import { reportTrouble } from './callbacks.js';
import { OpenRequest, type GivenRequest } from './open-request.js';
import type { RequestPlan } from './request-logger-options.js';

/** The key of the requests: the ESM and the CommonJS copy of this package log a request once between them. */
const SHARED = Symbol.for('fapilog-cloudwatch.requests');

interface Shared {
  [SHARED]?: WeakMap<object, Pick<OpenRequest, 'noteError'>> | undefined;
}

const requests = ((globalThis as Shared)[SHARED] ??= new WeakMap());

/**
 * Opens a request, by the object that all frameworks share around it. Never throws.
 *
 * @returns `undefined` where request logging has it already, as a middleware that is mounted twice
 */
export function openOnce(
  raw: object,
  given: () => GivenRequest,
  plan: RequestPlan,
  onOpen: (request: OpenRequest) => void,
): OpenRequest | undefined {
  if (requests.has(raw)) return undefined;
  try {
    const open = new OpenRequest(given(), plan);
    requests.set(raw, open);
    onOpen(open);
    return open;
  } catch (error) {
    reportTrouble('a request could not be opened', error);
    return undefined;
  }
}

/**
 * Keeps an error for the line at the end of a request, where a framework or the application handles it itself: in an exception filter,
 * for example. The first error counts. Does nothing where the request is not logged. Never throws.
 *
 * @param request of node:http, or a framework's that has it as `raw` or `req`
 */
export function noteRequestError(request: object, error: unknown): void {
  const { raw, req } = request as { readonly raw?: object; readonly req?: object & { raw?: object } };
  const known = [request, raw, req, req?.raw].find((each) => each !== undefined && requests.has(each));
  if (known) requests.get(known)!.noteError(error);
}
