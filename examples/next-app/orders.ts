import { getLogger } from 'fapilog-cloudwatch';

export interface Order {
  readonly id: string;
  readonly total: number;
}

const ORDERS: readonly Order[] = [
  { id: 'o-1', total: 12.5 },
  { id: 'o-2', total: 99 },
];

/** What it logs has the id of the request in which it is called: nothing is passed along. */
export function findOrder(id: string): Order | undefined {
  if (id === 'broken') throw new Error('the order has no lines', { cause: new RangeError('0 lines') });
  const order = ORDERS.find((each) => each.id === id);
  getLogger().info('order looked up', { orderId: id, found: order !== undefined });
  return order;
}
