import engine from 'middy7';
import { lambdaMiddleware, withLambda } from 'fapilog-cloudwatch/lambda';
import { bare } from './wrapped.js';

export const inside = engine(bare).use(lambdaMiddleware({ correlationId: 'cart' }));
export const outside = withLambda(engine(bare), { correlationId: 'cart' });
