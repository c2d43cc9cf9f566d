import type { MetricFilter, SubscriptionFilter } from './group-filters.js';

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY';

/** A field index policy, as it was put. */
export interface IndexPolicy {
  readonly policyDocument: string;
  readonly fields: readonly string[];
  readonly lastUpdateTime: number;
}

/**
 * Properties of a log group that operations change. Each is JSON, and may be absent: what is added here outlives a restart of the
 * server without more code, and a directory of an older version lacks it.
 */
export interface GroupSettings {
  readonly retentionInDays?: number | undefined;
  readonly isProtected?: boolean | undefined;
  /** As given: the server looks up no key. */
  readonly kmsKeyId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly indexPolicy?: IndexPolicy | undefined;
  readonly metricFilters?: readonly MetricFilter[] | undefined;
  readonly subscriptionFilters?: readonly SubscriptionFilter[] | undefined;
}
