import type { Instrumentation } from 'next';

/** Next.js calls it once, before it serves. What needs Node.js is imported: this file is compiled for the Edge runtime, too. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startLogging } = await import('./start-logging');
    startLogging();
  }
}

/** Next.js calls it with each error of a server component, a route handler or an action. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method, path }, where) => {
  // The wrapper of route handlers has logged theirs.
  if (process.env.NEXT_RUNTIME !== 'nodejs' || where.routeType === 'route') return;
  const { getLogger } = await import('fapilog-cloudwatch');
  getLogger().error('request failed', { error, method, path, ...where });
};
