import { quietly } from '../../io/quietly.js';
import { reportTrouble } from './callbacks.js';
import { OpenRequest, type GivenRequest } from './open-request.js';
import type { RequestPlan } from './request-logger-options.js';

/**
 * The member by which a request is known: the ESM and the CommonJS copy of this package log it once between them. A `WeakMap` in its
 * place costs each request some 15 µs of collecting garbage.
 */
const OPEN = Symbol.for('fapilog-cloudwatch.request');

interface Opened {
  readonly [OPEN]?: Pick<OpenRequest, 'noteError'> | undefined;
}

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
  if ((raw as Opened)[OPEN]) return undefined;
  try {
    const open = new OpenRequest(given(), plan);
    // Whoever copies or prints the request does not meet it.
    Object.defineProperty(raw, OPEN, { value: open });
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
  quietly(() => {
    const { raw, req } = request as { readonly raw?: Opened; readonly req?: Opened & { raw?: Opened } };
    const known = [request as Opened, raw, req, req?.raw].find((each) => each?.[OPEN]);
    known?.[OPEN]?.noteError(error);
  });
}
