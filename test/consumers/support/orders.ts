import { line, ofStatus } from './lines.js';
import type { Service } from './service.js';

/** Asks a service of orders for one that there is, one that cannot be added up, and one that there is not. */
export async function askForOrders(
  service: Service,
  headersOf: (requestId: string) => Readonly<Record<string, string>>,
): Promise<void> {
  expect(await service.call('/health')).toEqual({ status: 200, body: { ok: true } });
  expect(await service.call('/orders/o-1', headersOf('r-1'))).toEqual({
    status: 200,
    body: { id: 'o-1', total: 20 },
  });
  expect(await service.call('/orders/o-2', headersOf('r-2'))).toMatchObject({ status: 500 });
  expect(await service.call('/orders/o-3', headersOf('r-3'))).toMatchObject({ status: 404 });
}

/** What a customer of its own sends with each request. */
export function ofCustomer(requestId: string): Readonly<Record<string, string>> {
  return { 'x-request-id': requestId, 'x-customer-id': `customer of ${requestId}` };
}

/** The line of the order that there is. */
export const orderRead = line({
  level: 'info',
  message: 'order read',
  requestId: 'r-1',
  customerId: 'customer of r-1',
  total: 20,
});

/** The line of the request for it. */
export const requestCompleted = line({
  level: 'info',
  message: 'request completed',
  requestId: 'r-1',
  res: ofStatus(200),
});

/** The line of the request for the order that cannot be added up. @param place in the stack, where that was found out */
export function requestFailed(place: RegExp): unknown {
  return line({
    level: 'error',
    message: 'request failed',
    requestId: 'r-2',
    res: ofStatus(500),
    route: '/orders/:id',
    error: line({
      type: 'Error',
      message: 'order o-2 cannot be added up',
      stack: expect.stringMatching(place),
      cause: line({ type: 'RangeError', message: '0 items' }),
    }),
  });
}

/** The line of the request for the order that there is not. @param type of the error */
export function orderMissing(type: string): unknown {
  return line({ level: 'warn', requestId: 'r-3', res: ofStatus(404), error: line({ type }) });
}

export const serviceStopping = line({ level: 'info', message: 'service stopping', signal: 'SIGTERM' });
