import type { GivenRecord } from '../../logger/given-record.js';
import type { OtelLogRecord } from './log-record.js';
import { contentOf } from './record-content.js';
import { recordTimeMs } from './record-time.js';
import { ResourceFields, type ResourceChoice } from './resource-fields.js';
import { severityOf } from './severity.js';

/** Makes records for our pipeline of those of OpenTelemetry. */
export class GivenRecords {
  readonly #resources: ResourceFields;

  constructor(resources: ResourceChoice) {
    this.#resources = new ResourceFields(resources);
  }

  /** @param isDetached whether the record is handed over later than it was logged */
  of(record: OtelLogRecord, isDetached: boolean): GivenRecord {
    const { level, fields: severity } = severityOf(record.severityNumber, record.severityText);
    return {
      timeMs: recordTimeMs(record),
      level,
      content: (rules) => contentOf(record, { severity, resources: this.#resources, rules }),
      isDetached,
      span: record.spanContext ?? null,
    };
  }
}
