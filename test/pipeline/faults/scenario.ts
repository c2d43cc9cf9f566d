import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import type { DeliveryStage, Findings, StageOptions } from '../../support/delivery-stage.js';

/** Something that goes wrong while events are logged, and what has to become of them. */
export interface Scenario {
  readonly name: string;
  readonly options?: StageOptions;
  /** The final account, if it is another process that logs. @default - the stage closes its own sink */
  readonly run: (stage: DeliveryStage) => Promise<DeliveryReport | void>;
  /** Events by fate. What is left out is none; `delivered` is then all that were logged. */
  readonly rejected?: number;
  readonly diverted?: number;
  /** Instead of numbers, where they depend on the moment; then `check` compares. */
  readonly varies?: { readonly delivered: string; readonly dropped: string };
  /** Calls whose events are stored twice, exactly. */
  readonly repeatedCalls?: number;
  /** What the sink says, exactly: names of its diagnostics in alphabetical order. */
  readonly says?: readonly string[];
  readonly check?: (findings: Findings, stage: DeliveryStage) => void;
  /** Time after which `close` diverts. */
  readonly deadlineMs?: number;
}
