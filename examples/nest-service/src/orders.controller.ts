import { Controller, Get, Inject, Param } from '@nestjs/common';
import { OrdersService, type Receipt } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  // tsx writes no types of parameters into the program: what is injected is named.
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Get(':id')
  read(@Param('id') id: string): Receipt {
    return this.orders.receipt(id);
  }
}
