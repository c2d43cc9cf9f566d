import { randomUUID } from 'node:crypto';
import { getLogger, withContext } from 'fapilog-cloudwatch';

/** Each line that is logged in the handler has the id of the request; one line says how it ended. */
export function loggedRoute<Rest extends unknown[]>(
  handler: (request: Request, ...rest: Rest) => Response | Promise<Response>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return (request, ...rest) => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID();
    return withContext({ requestId }, () => answered(() => handler(request, ...rest), request), {
      bufferLevel: 'debug',
    });
  };
}

async function answered(work: () => Response | Promise<Response>, req: Request): Promise<Response> {
  const logger = getLogger();
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  try {
    const res = await work();
    logger[res.status < 500 ? 'info' : 'error']('request completed', { req, res, durationMs: durationMs() });
    return res;
  } catch (error) {
    // redirect() and notFound() throw, too: their digest begins with NEXT_.
    const { digest = '' } = error as { digest?: string };
    if (digest.startsWith('NEXT_'))
      logger.info('request completed', { req, digest, durationMs: durationMs() });
    else logger.error('request failed', { req, error, durationMs: durationMs() });
    throw error;
  }
}
