import { partitionOf } from '../contract/partition.js';

/** The account of an access key that does not name one. */
export const ACCOUNT_ID = '123456789012';

/** The Region of those who name none. */
export const DEFAULT_REGION = 'us-east-1';

/** An access key of twelve digits is the number of its account; any other belongs to one account. */
export function accountOfKey(accessKeyId: string): string {
  return /^\d{12}$/.test(accessKeyId) ? accessKeyId : ACCOUNT_ID;
}

/** Where log groups are: their names are unique in an account's Region. */
export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

/** `logGroupArn` of the API: without the `:*` that `arn` has. */
export function logGroupArn({ region, accountId }: AccountRegion, logGroupName: string): string {
  return `arn:${partitionOf(region).name}:logs:${region}:${accountId}:log-group:${logGroupName}`;
}

export function logStreamArn(place: AccountRegion, logGroupName: string, logStreamName: string): string {
  return `${logGroupArn(place, logGroupName)}:log-stream:${logStreamName}`;
}
