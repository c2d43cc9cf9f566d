import type { CloudWatchValues } from '../../contract/sections.js';
import type { Clock, Moment } from '../io/clock.js';

/** What makes the calls needs to know. */
export interface ClientOptions {
  /** The Region, the endpoint, for CloudWatch Logs only, the role whose credentials sign, and the time that a call may take. */
  readonly settings: Pick<CloudWatchValues, 'requestTimeoutSeconds'> &
    Partial<Pick<CloudWatchValues, 'client' | 'region' | 'endpointUrl' | 'roleArn' | 'externalId'>>;
  /** Called with the date of each answer, in milliseconds since the epoch, and when its call was sent. */
  readonly onServiceDate: (dateMs: number, sent: Moment) => void;
  /** @default - that of the system */
  readonly clock?: Clock | undefined;
  /** Whether what makes the calls is loaded at once. @default - with the first call */
  readonly isEager?: boolean;
}
