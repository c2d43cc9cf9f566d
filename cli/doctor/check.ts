import type { Application } from './application.js';
import type { Finding } from './finding.js';

/** One question about the place where the application runs. */
export interface Check {
  readonly name: string;
  /** Never rejects for what a user can mend: that is a finding. */
  run(application: Application): Promise<readonly Finding[]>;
}
