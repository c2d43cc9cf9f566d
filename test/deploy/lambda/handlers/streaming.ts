import type { Writable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

interface Pages {
  readonly pages: number;
  readonly fails?: boolean | undefined;
}

const logger = getLogger();

async function write({ pages, fails }: Pages, stream: Writable, _context: Context): Promise<void> {
  for (let page = 0; page < pages; page++) {
    stream.write(`page ${page}\n`);
    logger.info('written', { page });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (fails) throw new RangeError('no more pages');
  // What ends the stream is not waited for.
  setTimeout(() => {
    logger.info('last page');
    stream.end('end');
  }, 50);
}

/** In both orders; each function has one of its own, since the runtime marks it. */
export const inside = awslambda.streamifyResponse(withLambda(write.bind(undefined)));
export const outside = withLambda(awslambda.streamifyResponse(write.bind(undefined)));
