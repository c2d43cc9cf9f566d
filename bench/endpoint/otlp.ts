import type { PutBody } from './judge.js';

/** The parts of an OTLP export of logs, as JSON, by which events are found again. */
export interface OtlpBody {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly { readonly logRecords: readonly OtlpRecord[] }[];
  }[];
}

interface OtlpRecord {
  readonly timeUnixNano: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly intValue?: number | string };
  }[];
}

/** The events of an OTLP export, so that they are judged as those of other contestants. */
export function putBodyOf({ resourceLogs }: OtlpBody): PutBody {
  const records = resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
  return {
    logEvents: records.map(({ timeUnixNano, attributes }) => {
      const eventId = Number(attributes.find(({ key }) => key === 'eventId')?.value.intValue);
      return { timestamp: Math.floor(Number(timeUnixNano) / 1e6), message: JSON.stringify({ eventId }) };
    }),
  };
}
