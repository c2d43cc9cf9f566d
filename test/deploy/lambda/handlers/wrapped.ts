import type { Context } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

export interface Work {
  readonly lines: number;
  readonly cart?: string | undefined;
  readonly fails?: boolean | undefined;
  readonly hangs?: boolean | undefined;
}

const logger = getLogger();
const never = new Promise<never>(() => undefined);

/** Logs so many lines, and fails if it has to. */
export async function bare({ lines, fails }: Work, { awsRequestId }: Context): Promise<Work> {
  for (let line = 0; line < lines; line++) logger.info('worked', { line, awsRequestId });
  await Promise.resolve();
  if (fails) throw new RangeError('out of stock');
  return { lines };
}

export const handler = withLambda(bare, { correlationId: 'cart' });

/** Without a wrapper, a function flushes for itself. */
export async function unwrapped(work: Work, context: Context): Promise<Work> {
  const answer = await bare(work, context);
  await logger.flush({ deadlineMs: 5_000 });
  return answer;
}

/** Still at work at its timeout, if it has to. */
export const hanging = withLambda(async (work: Work, context: Context) => {
  await bare(work, context);
  if (!work.hangs) return undefined;
  setInterval(() => undefined, 1_000);
  return never;
});
