/** Calls the files of docs/loggers/next.md as Next.js does. */
import { getLogger } from 'fapilog-cloudwatch';
import { GET } from './app/orders/[id]/route.js';
import { onRequestError, register } from './instrumentation.js';
import { loggedRoute } from './logged-route.js';

const requestOf = (id) =>
  new Request(`http://localhost/orders/${id}`, { headers: { 'x-request-id': `r-${id}` } });

async function thrown(error) {
  try {
    await loggedRoute(() => {
      throw error;
    })(requestOf('8'));
  } catch (again) {
    return again;
  }
  return undefined;
}

await register();
await GET(requestOf('7'), { params: Promise.resolve({ id: '7' }) });
await thrown(Object.assign(new Error('redirect'), { digest: 'NEXT_REDIRECT;push;/login' }));
const error = await thrown(new Error('boom'));
for (const routeType of ['route', 'render']) {
  const where = { routerKind: 'App Router', routePath: '/orders/[id]', routeType };
  await onRequestError(error, { path: '/orders/8', method: 'GET' }, where);
}
console.log(JSON.stringify(await getLogger().close()));
