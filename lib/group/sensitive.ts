import { aws_logs as logs } from 'aws-cdk-lib';
import { SettingsError } from '../../contract/problems.js';
import {
  SENSITIVE_KEYS,
  type PATTERN_NAMES,
  type redactionSettings,
} from '../../contract/settings/redaction.js';
import type { GivenValues } from '../../contract/settings/setting.js';
import { isUnresolved } from '../tokens.js';
import { unique } from '../unique.js';

/** Data that the sink hides for one {@link Sensitive}. */
export interface Redacted {
  readonly paths?: readonly string[];
  readonly keys?: readonly string[];
  readonly patterns?: readonly (typeof PATTERN_NAMES)[number][];
}

/**
 * Sensitive data in a log, defined once for both ends. The sink hides it before a record becomes text, so that it never
 * leaves the process. The service masks it in the log group, whoever wrote it; `logs:Unmask` shows it again.
 *
 * The service reads text and knows no fields: its expressions may contain neither quotes nor colons, of which the
 * members of a line are made. So {@link field} and {@link key} apply in the sink only.
 *
 * With any of them but {@link managed}, the sink also hides fields with well-known names, such as `password` and
 * `token`.
 */
export class Sensitive {
  /** E-mail addresses. The sink also hides those that are percent-encoded. */
  static readonly EMAIL = new Sensitive({ patterns: ['email'] }, () => [logs.DataIdentifier.EMAILADDRESS]);

  /**
   * Card numbers with a valid checksum. The sink hides them in any text. The service masks them where a word such as
   * `card` or `visa` stands within 30 characters.
   */
  static readonly CARD_NUMBER = new Sensitive({ patterns: ['card_number'] }, () => [
    logs.DataIdentifier.CREDITCARDNUMBER,
  ]);

  /** AWS keys: ids of access keys, and secret access keys beside a word that names them. */
  static readonly AWS_KEY = new Sensitive({ patterns: ['aws_key'] }, () => [
    logs.DataIdentifier.AWSSECRETKEY,
    new logs.CustomDataIdentifier('AwsAccessKeyId', 'A[BCKS][CI]A[A-Z0-9]{16}'),
  ]);

  /**
   * Bearer tokens and JSON Web Tokens. The sink also hides the credentials of basic authentication. The service masks
   * bearer tokens of 20 characters and more, because it would confuse shorter ones with words.
   */
  static readonly BEARER_TOKEN = new Sensitive({ patterns: ['bearer_token'] }, () => [
    new logs.CustomDataIdentifier('BearerToken', '[Bb]earer +[A-Za-z0-9_.+/=-]{20,}'),
    new logs.CustomDataIdentifier(
      'JsonWebToken',
      'eyJ[A-Za-z0-9_-]{5,}[.][A-Za-z0-9_-]{5,}[.][A-Za-z0-9_-]*',
    ),
  ]);

  /**
   * The field at a path of the line, such as `customer.iban` or `orders[*].iban`; `*` stands for any key or index. Only
   * the sink hides it.
   *
   * @throws SettingsError if the path is not legal
   */
  static field(path: string): Sensitive {
    if (!isUnresolved(path) && !isPath(path)) {
      throw refusal('Sensitive.field', path, 'a path such as customer.iban or orders[*].iban');
    }
    return new Sensitive({ paths: [path] });
  }

  /**
   * All fields with a name, at any depth; case, `-` and `_` make no difference. Only the sink hides them.
   *
   * @throws SettingsError if the name is blank or has blanks around it
   */
  static key(name: string): Sensitive {
    if (!isUnresolved(name) && !isTrimmed(name)) {
      throw refusal('Sensitive.key', name, 'the name of a field, without blanks around it');
    }
    return new Sensitive({ keys: [name] });
  }

  /**
   * Any identifier of the service: one of its own, or a `CustomDataIdentifier` of up to 200 characters. A log group has
   * at most ten custom ones, including those above. Only the service masks the data; the sink sends it unchanged.
   */
  static managed(identifier: logs.DataIdentifier): Sensitive {
    return new Sensitive(undefined, () => [identifier]);
  }

  private constructor(
    /** Data that the sink hides; `undefined` for none. */
    readonly redacted: Redacted | undefined,
    private readonly masked: () => readonly logs.DataIdentifier[] = () => [],
  ) {}

  /** Identifiers that the service masks. */
  get identifiers(): readonly logs.DataIdentifier[] {
    return this.masked();
  }
}

/**
 * Redaction settings of the sink: enabled, with exactly the named patterns, and with the given field names beside the
 * usual ones. Empty if the sink has nothing to hide.
 */
export function redactionOf(sensitive: readonly Sensitive[]): GivenValues<typeof redactionSettings> {
  const parts = sensitive.flatMap(({ redacted }) => redacted ?? []);
  if (parts.length === 0) return {};
  const paths = unique(parts.flatMap((part) => part.paths ?? []));
  const keys = parts.flatMap((part) => part.keys ?? []);
  return {
    enabled: true,
    ...(paths.length > 0 ? { paths } : {}),
    // Without `keys`, the reader uses its default: two dozen names, which need no room in a function's 4 KB.
    ...(keys.length > 0 ? { keys: unique([...SENSITIVE_KEYS, ...keys]) } : {}),
    patterns: unique(parts.flatMap((part) => part.patterns ?? [])),
  };
}

/**
 * Data protection policy of the log group, without a destination for findings; `undefined` if the service has nothing
 * to mask.
 */
export function dataProtectionOf(sensitive: readonly Sensitive[]): logs.DataProtectionPolicy | undefined {
  const identifiers = identifiersOf(sensitive);
  return identifiers.length > 0 ? new logs.DataProtectionPolicy({ identifiers }) : undefined;
}

/** Identifiers that the service masks, each once. */
export function identifiersOf(sensitive: readonly Sensitive[]): logs.DataIdentifier[] {
  const all = sensitive.flatMap(({ identifiers }) => identifiers);
  return [...new Map(all.map((identifier) => [signature(identifier), identifier])).values()];
}

function signature(identifier: logs.DataIdentifier): string {
  const regex = identifier instanceof logs.CustomDataIdentifier ? identifier.regex : undefined;
  return JSON.stringify([identifier.name, regex]);
}

/** The rule of the sink, which applies it again to the paths that it reads. */
function isPath(path: string): boolean {
  const unquoted = path.replace(/\[(["']).*?\1\]/g, '[*]');
  const hasPairs = /^[^[\]]*(?:\[[^[\]]*\][^[\]]*)*$/.test(unquoted);
  return isTrimmed(path) && hasPairs && !path.includes('..') && !path.includes(',');
}

function isTrimmed(text: string): boolean {
  return text !== '' && text === text.trim();
}

function refusal(where: string, value: unknown, allowed: string): SettingsError {
  return new SettingsError([{ where, value, allowed }]);
}
