import { checkInput, type Checked } from '../../contract/check.js';
import type { Problem } from '../../contract/problems.js';
import type { CloudWatchDeliveryInput } from '../../contract/inputs.generated.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { isUnresolved } from '../tokens.js';

/** Settings that the construct derives, with their sources. Users cannot choose them. */
const ownedSettings = {
  logGroupName: "the construct sets it to its log group's name",
  region: "the construct sets it to its log group's Region",
  createLogGroup: 'the construct sets it to false, because it defines the log group',
  retentionInDays: 'the construct sets it from its prop retention',
  roleArn: 'the construct sets it for a writer of another account',
  externalId: 'the construct sets it from its prop externalId',
} as const satisfies Partial<Record<keyof typeof cloudWatchSettings, string>>;

type OwnedSetting = keyof typeof ownedSettings;

/**
 * Settings of the sink: every setting of the `cloudwatch` section except those that the construct derives from the log
 * group and the writer role. Durations are seconds or text such as `"500ms"`.
 *
 * Only given settings are written into the environment. The rest keep the defaults of the program that reads it.
 */
export interface CloudWatchSinkSettings extends CloudWatchDeliveryInput {}

const {
  logGroupName: _name,
  region: _region,
  createLogGroup: _create,
  retentionInDays: _retention,
  roleArn: _role,
  externalId: _externalId,
  ...rows
} = cloudWatchSettings;

/** Checks the settings of a user. Tokens pass. */
export function checkSinkSettings(settings: CloudWatchSinkSettings, path: string): Checked<typeof rows> {
  const entries = Object.entries(settings);
  const free = Object.fromEntries(entries.filter(([key]) => !isOwned(key)));
  const { given, problems } = checkInput(rows, free, path, isUnresolved);
  return { given, problems: [...ownedProblems(entries, path), ...problems] };
}

/** TypeScript rules these keys out, JavaScript does not. */
function ownedProblems(entries: readonly [string, unknown][], path: string): Problem[] {
  return entries.flatMap(([key, value]) =>
    isOwned(key) && value !== undefined
      ? [{ where: `${path}.${key}`, value, allowed: `nothing; ${ownedSettings[key]}` }]
      : [],
  );
}

/** Whether the construct sets this setting itself. */
export function isOwned(key: string): key is OwnedSetting {
  return Object.hasOwn(ownedSettings, key);
}
