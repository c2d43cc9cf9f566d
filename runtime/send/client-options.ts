import type { CloudWatchValues } from '../../contract/sections.js';
import type { Clock, Moment } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import type { GivenClient } from './given-client.js';

/** What makes the calls needs to know. */
export interface ClientOptions {
  /** The Region, the endpoint, for CloudWatch Logs only, the role whose credentials sign, and the time that a call may take. */
  readonly settings: Pick<CloudWatchValues, 'requestTimeoutSeconds'> &
    Partial<Pick<CloudWatchValues, 'client' | 'region' | 'endpointUrl' | 'roleArn' | 'externalId'>>;
  /** What the application gave to make the calls with. @default - the sink chooses */
  readonly given?: GivenClient | undefined;
  /** @default - nobody hears of what is odd about that */
  readonly report?: Report | undefined;
  /** Called with the date of each answer, in milliseconds since the epoch, and when its call was sent. */
  readonly onServiceDate: (dateMs: number, sent: Moment) => void;
  /** @default - that of the system */
  readonly clock?: Clock | undefined;
  /** Whether what makes the calls is loaded at once. @default - with the first call */
  readonly isEager?: boolean;
}
