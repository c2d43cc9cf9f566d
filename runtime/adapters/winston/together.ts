import { totalAccount, totalTally } from '../../ack/ledger.js';
import type { LoggerAccount } from '../../logger/pipeline.js';

/** The account of several loggers' records. What only the account of a sink has, is that of the first. */
export function together([first, ...others]: readonly [LoggerAccount, ...LoggerAccount[]]): LoggerAccount {
  if (others.length === 0) return first;
  const all = [first, ...others];
  return {
    ...first,
    ...totalAccount(all),
    filtered: totalTally(all.map(({ filtered }) => filtered)),
    buffered: all.reduce((total, { buffered }) => total + buffered, 0),
  };
}
