import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

@Module({ controllers: [HealthController, OrdersController], providers: [OrdersService] })
export class AppModule {}
