import type { Fields } from '../../log-record.js';
import { readLogCall, type LogCall } from '../../logger/log-call.js';
import { freeName } from '../../serialize/names.js';
import type { Rules } from '../../serialize/reading.js';
import { setMember } from '../../serialize/view.js';
import type { OtelLogRecord } from './log-record.js';
import { plainValue } from './plain-value.js';
import { scopeFields, type ResourceFields } from './resource-fields.js';
import { recordTimeMs, timeMsOf } from './record-time.js';

/** The attributes in which OpenTelemetry has an exception, and the members of a line's error. */
const EXCEPTION = {
  'exception.type': 'type',
  'exception.message': 'message',
  'exception.stacktrace': 'stack',
};

/**
 * The message and the fields of a record. It loses nothing of it: where two values have one name, the one of an attribute keeps it,
 * and the other one gets an underscore.
 *
 * @param severity the fields that tell of the severity what the level does not
 */
export function contentOf(
  record: OtelLogRecord,
  { severity, resources, rules }: { severity: Fields; resources: ResourceFields; rules: Rules | undefined },
): LogCall {
  const { eventName, droppedAttributesCount, body } = record;
  const attributes = attributeFields(record.attributes);
  const read = bodyOf(body, rules);
  const { error } = attributes as { readonly error?: { readonly message?: unknown } };
  return {
    message: read?.message || textOr(error?.message) || textOr(eventName) || '',
    fields: joined(attributes, [
      resources.of(record.resource),
      scopeFields(record.instrumentationScope),
      read?.fields,
      severity,
      eventName ? { eventName } : undefined,
      droppedAttributesCount > 0 ? { droppedAttributesCount } : undefined,
      observedFields(record),
    ]),
  };
}

/** A text is the message as it stands; a map has fields; any other value is text. */
function bodyOf(body: unknown, rules: Rules | undefined): LogCall | undefined {
  if (body == null) return undefined;
  return typeof body === 'string'
    ? { message: body, fields: undefined }
    : readLogCall([plainValue(body)], rules);
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A new object. */
function attributeFields(attributes: Fields): Record<string, unknown> {
  const error: Record<string, unknown> = {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (Object.hasOwn(EXCEPTION, name)) error[EXCEPTION[name as keyof typeof EXCEPTION]] = plainValue(value);
    else setMember(fields, name, plainValue(value));
  }
  return Object.keys(error).length === 0 ? fields : joined({ error }, [fields]);
}

/** When the SDK got the record, if that was not when it was logged. */
function observedFields(record: OtelLogRecord): Fields | undefined {
  const observedMs = timeMsOf(record.hrTimeObserved);
  if (observedMs === undefined || observedMs === recordTimeMs(record)) return undefined;
  return { observedTimestamp: new Date(observedMs).toISOString() };
}

/** Adds fields to an object. One whose name is taken by another value gets an underscore. */
function joined(
  all: Record<string, unknown>,
  others: readonly (Fields | undefined)[],
): Record<string, unknown> {
  const isTaken = (name: string): boolean => Object.hasOwn(all, name);
  for (const part of others) {
    for (const [name, value] of Object.entries(part ?? {})) {
      if (isTaken(name) && all[name] === value) continue;
      setMember(all, isTaken(name) ? freeName(name, isTaken) : name, value);
    }
  }
  return all;
}
