import { pathToFileURL } from 'node:url';
import { fapilog } from './support/fapilog.mjs';

export default {
  configuration:
    'fapilog as it was at the commit that the page is compared with (`--baseline`), in the same setup',
  ...fapilog({ from: () => pathToFileURL(`${process.env.BENCH_BASELINE}/`) }),
};
