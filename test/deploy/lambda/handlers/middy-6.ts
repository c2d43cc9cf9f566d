import middy from '@middy/core';
import { lambdaMiddleware, withLambda } from 'fapilog-cloudwatch/lambda';
import { bare } from './wrapped.js';

export const inside = middy(bare).use(lambdaMiddleware({ correlationId: 'cart' }));
export const outside = withLambda(middy(bare), { correlationId: 'cart' });
