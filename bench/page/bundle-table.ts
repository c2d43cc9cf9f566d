import type { Bundle } from '../measure/bundle.js';
import { number } from './figure.js';
import type { Table } from './table.js';

export function bundleTable(bundles: readonly Bundle[]): Table {
  return {
    title: 'Bundle of a Lambda function',
    how: 'Bytes of a function of a few lines, bundled by esbuild into one file: minified, CommonJS. `NodejsFunction` leaves the AWS client out by default, because Lambda has it; other bundlers include it.',
    head: ['function', 'AWS client', 'loaded at the start', 'loaded when needed', 'sum'],
    rows: bundles.map((bundle) => [
      bundle.name === 'fapilog' ? 'logs with `getLogger`' : 'sends with the stock client',
      bundle.isSdkExternal ? 'outside' : 'included',
      number(bundle.entryBytes),
      number(lazyBytes(bundle)),
      number(totalBytes(bundle)),
    ]),
    notes: bundles
      .filter(({ lazy }) => lazy.length > 0)
      .map(
        ({ name, lazy }) =>
          `Files that ${name} loads when needed, by what is most of each: ${lazy.map(({ of, bytes }) => `${of} ${number(bytes)}`).join(', ')}.`,
      ),
  };
}

function lazyBytes({ lazy }: Bundle): number {
  return lazy.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function totalBytes(bundle: Bundle): number {
  return bundle.entryBytes + lazyBytes(bundle);
}
