export { correlationPaths } from '../lambda/correlation-path.js';
export { withLambda, type LambdaHandler, type Wrapped } from '../lambda/handler.js';
export type { CorrelationIdReader, LambdaLogger, LambdaOptions } from '../lambda/lambda-options.js';
export { lambdaMiddleware, type LambdaMiddleware, type MiddlewareRequest } from '../lambda/middleware.js';
export type { ContextOptions } from '../logger/open-scope.js';
