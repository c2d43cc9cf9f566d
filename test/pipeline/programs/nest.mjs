/** An application of Nest with the files of docs/loggers/nest.md. Decorators are called, because this is no TypeScript. */
import { BadRequestException, Controller, Get, Logger, Module, Param } from '@nestjs/common';
import { finish, start } from './start.js';

const log = new Logger('OrdersService');

class Orders {
  async read(id) {
    log.debug('loading');
    await new Promise(setImmediate);
    if (id === 'broken') throw new RangeError('no lines');
    if (id === 'bad') throw new BadRequestException('no such id');
    log.log('order read', { orderId: id });
    log.error(new Error('late'), 'not there');
    log.error('by text', new Error('stack').stack);
    log.warn('careful %s', 'one');
    return { id };
  }
}
Param('id')(Orders.prototype, 'read', 0);
Get(':id')(Orders.prototype, 'read', Object.getOwnPropertyDescriptor(Orders.prototype, 'read'));
Controller('orders')(Orders);

class AppModule {
  controllers = [Orders];
}
Module(new AppModule())(AppModule);

const app = await start(AppModule, 0);
const url = `http://127.0.0.1:${app.getHttpServer().address().port}`;
for (const id of ['7', 'bad', 'broken'])
  await fetch(`${url}/orders/${id}`, { headers: { 'x-request-id': `r-${id}`, connection: 'close' } });
await app.close();
console.log(JSON.stringify(await finish()));
