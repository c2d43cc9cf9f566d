import { getLogger } from 'fapilog-cloudwatch';

export interface Order {
  readonly id: string;
  readonly items: readonly Item[];
}

interface Item {
  readonly price: number;
}

/** Answered with 404. */
export class OrderNotFound extends Error {
  override readonly name = 'OrderNotFound';
  readonly status = 404;
}

const orders = new Map<string, Order>([
  ['o-1', { id: 'o-1', items: [{ price: 12.5 }, { price: 7.5 }] }],
  ['o-2', { id: 'o-2', items: [] }],
]);

/** Its line has the id and the customer of the request: nobody hands a logger down here. */
export function totalOf(id: string): number {
  const order = orders.get(id);
  if (order === undefined) throw new OrderNotFound(`there is no order ${id}`);
  const total = add(order);
  getLogger().info('order read', { orderId: id, total });
  return total;
}

function add({ id, items }: Order): number {
  if (items.length === 0)
    throw new Error(`order ${id} cannot be added up`, { cause: new RangeError('0 items') });
  return items.reduce((total, { price }) => total + price, 0);
}
