import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();

/** Logs one line for each invocation, and has it delivered before the runtime freezes the process. */
export async function handler(_event: unknown, context: { readonly awsRequestId: string }): Promise<void> {
  logger.info('request handled', { requestId: context.awsRequestId });
  await logger.flush();
}
