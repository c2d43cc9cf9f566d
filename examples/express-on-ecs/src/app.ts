import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { withContext } from 'fapilog-cloudwatch';
import { requestErrors, requestLogger } from 'fapilog-cloudwatch/http';
import { totalOf } from './orders.js';

export function makeApp(): Express {
  const app = express();
  app.use(requestLogger({ ignore: ['/health'] })); // before everything else
  app.get('/health', (_request, response) => {
    response.json({ ok: true });
  });
  app.use(customerInContext);
  app.get('/orders/:id', (request, response) => {
    response.json({ id: request.params.id, total: totalOf(request.params.id) });
  });
  app.use(requestErrors()); // behind the routes, before the handler of errors
  app.use(answerError);
  return app;
}

/** Each line of the rest of the request has the customer, beside the id of the request. */
const customerInContext: RequestHandler = (request, _response, next) => {
  withContext({ customerId: request.get('x-customer-id') }, next);
};

/** The line of the request has the error already. */
const answerError: ErrorRequestHandler = (
  error: { status?: number; message: string },
  _request,
  response,
  next,
) => {
  if (response.headersSent) return next(error);
  const { status = 500 } = error;
  response.status(status).json({ message: status < 500 ? error.message : 'internal error' });
};
