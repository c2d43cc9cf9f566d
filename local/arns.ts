export const ACCOUNT_ID = '123456789012';

/** `logGroupArn` of the API: without the `:*` that `arn` has. */
export function logGroupArn(region: string, logGroupName: string): string {
  return `arn:aws:logs:${region}:${ACCOUNT_ID}:log-group:${logGroupName}`;
}

export function logStreamArn(region: string, logGroupName: string, logStreamName: string): string {
  return `${logGroupArn(region, logGroupName)}:log-stream:${logStreamName}`;
}
