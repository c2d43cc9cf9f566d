/** What the subjects have in common that log into a stream. */
import { CloudWatchStream } from 'fapilog-cloudwatch/stream';
import slowStream, { lineCounter } from './slow-stream.mjs';

/** The stream, another one beside it if one is asked for, and the calls that are those of the stream. */
export function openStreams(options, sibling) {
  const { counter, lines } = lineCounter();
  const stream = new CloudWatchStream(options);
  return {
    stream,
    streams: [stream, ...(sibling ? [slowStream({ counter })] : [])],
    calls: {
      flush: (deadlineMs) => stream.flush({ deadlineMs }),
      close: () => new Promise((resolve) => stream.end(resolve)),
      stats: () => stream.stats(),
      siblingLines: lines,
    },
  };
}
