import { Annotations } from 'aws-cdk-lib';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { isContainer } from '../bind/bind-target.js';
import { renderedContainer, type LogConfiguration } from '../bind/container-place.js';
import { hasWritten } from '../bind/injection.js';
import type { Place } from '../bind/place.js';
import { readSetting } from '../bind/read-setting.js';

/** Source: Docker, "Configure the delivery mode of log messages", and ECS, `LogConfiguration`: 10 MiB by default. */
const DEFAULT_BUFFER_BYTES = 10_485_760;

/** Source: ECS, "Using the awslogs log driver", which recommends `max-buffer-size` 25m. */
const ENOUGH_BYTES = 26_214_400;

/** Warns of a container whose diverted lines would be lost, and of files whose variables ours override. */
export function reviewContainer(place: Place): void {
  const { construct } = place;
  if (!isContainer(construct)) return;
  const { logConfiguration, environmentFiles = [] } = renderedContainer(construct);
  if (environmentFiles.length > 0 && hasWritten(place)) warnOfFiles(place);
  if (!logConfiguration || logConfiguration.logDriver === 'none') warnOfNoDriver(place);
  else reviewBuffer(place, logConfiguration);
}

/** A driver without a mode has the one that the account sets, which synthesis does not know. */
function reviewBuffer(place: Place, { options = {} }: LogConfiguration): void {
  if (options['mode'] !== 'non-blocking') return;
  const given = options['max-buffer-size'];
  const bytes = given === undefined ? DEFAULT_BUFFER_BYTES : bytesOf(given);
  const enough = Math.min(ENOUGH_BYTES, queueBytes(place));
  if (bytes === undefined || bytes >= enough) return;
  Annotations.of(place.construct).addWarningV2(
    'fapilog-cloudwatch:smallLogBuffer',
    `its log driver is non-blocking and holds ${bytes} bytes: it drops ` +
      'lines that the sink diverts to stderr, as at the end of a task, faster than they are taken; ' +
      `give the driver maxBufferSize of at least ${enough} bytes, or mode: AwsLogDriverMode.BLOCKING`,
  );
}

function queueBytes(place: Place): number {
  const bytes = readSetting(place.read() ?? {}, 'maxQueueBytes') ?? cloudWatchSettings.maxQueueBytes.default;
  return typeof bytes === 'number' ? bytes : ENOUGH_BYTES;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1_024, m: 1_048_576, g: 1_073_741_824 };

/** Bytes of a size as Docker spells it; `undefined` if only the deployment knows it. */
function bytesOf(size: unknown): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([bkmg]?)(?:i?b)?$/i.exec(String(size)) ?? [];
  return digits === undefined ? undefined : Number(digits) * UNITS[unit!.toLowerCase()]!;
}

function warnOfNoDriver({ construct }: Place): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:noLogDriver',
    'it has no log driver, so that what the sink cannot deliver, and diverts to stderr, may be lost; ' +
      "give it logging: LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' })",
  );
}

function warnOfFiles({ construct }: Place): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:environmentFiles',
    'it has environmentFiles, and ECS prefers the variables of the container: a value in a file loses to the one ' +
      'that is bound here; set variables of the sink in environment, or in the options of the binding',
  );
}
