import { fastify, LogController } from 'fastify';
import { getLogger, withContext } from 'fapilog-cloudwatch';
import { fastifyRequestLogger } from 'fapilog-cloudwatch/http';
import { totalOf } from './orders.js';

export async function makeApp() {
  const app = fastify({
    loggerInstance: getLogger(),
    // Fastify's two lines for each request give way to one of fastifyRequestLogger, and its id to the one in the context.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
  });
  await app.register(fastifyRequestLogger, { ignore: ['/health'] }); // before the routes

  app.get('/health', () => ({ ok: true }));

  app.get<{ Params: { id: string } }>('/orders/:id', ({ params, headers, log }) =>
    // Each line in it has the customer, beside the id of the request.
    withContext({ customerId: headers['x-customer-id'] }, () => {
      const total = totalOf(params.id);
      log.info({ orderId: params.id, total }, 'order read');
      return { id: params.id, total };
    }),
  );

  // The line of the request has the error already.
  app.setErrorHandler<Error & { statusCode?: number }>(({ statusCode = 500, message }, _request, reply) =>
    reply.code(statusCode).send({ message: statusCode < 500 ? message : 'internal error' }),
  );
  return app;
}
