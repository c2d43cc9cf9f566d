import { Injectable, Logger, NotFoundException } from '@nestjs/common';

export interface Receipt {
  readonly id: string;
  readonly total: number;
}

const prices: Readonly<Record<string, readonly number[]>> = { 'o-1': [12.5, 7.5], 'o-2': [] };

/** Logs as a provider of Nest does. Each of its lines has the id and the handler of the request. */
@Injectable()
export class OrdersService {
  readonly #log = new Logger(OrdersService.name);

  receipt(id: string): Receipt {
    const items = prices[id];
    this.#log.debug('order looked up', { orderId: id, items: items?.length });
    if (items === undefined) throw new NotFoundException(`there is no order ${id}`);
    if (items.length === 0)
      throw new Error(`order ${id} cannot be added up`, { cause: new RangeError('0 items') });
    const total = items.reduce((sum, price) => sum + price);
    this.#log.log('order read', { orderId: id, total });
    return { id, total };
  }
}
