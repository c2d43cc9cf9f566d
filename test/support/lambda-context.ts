/** The second argument of a handler, as far as it is read. */
export interface TestContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly functionName: string;
  readonly tenantId?: string;
  readonly xRayTraceId?: string;
  getRemainingTimeInMillis(): number;
}

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

let invocations = 0;

/** The context of a new invocation, as Lambda hands it to a handler. */
export function lambdaContext(leftMs = 30_000, more: Partial<TestContext> = {}): TestContext {
  const deadlineMs = Date.now() + leftMs;
  return {
    awsRequestId: `request-${++invocations}`,
    invokedFunctionArn: FUNCTION_ARN,
    functionName: 'orders',
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
    ...more,
  };
}
