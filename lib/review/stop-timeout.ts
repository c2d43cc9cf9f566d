import { Annotations, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { isContainer } from '../bind/bind-target.js';
import type { Place, Variables } from '../bind/place.js';
import { readSetting } from '../bind/read-setting.js';

/** Source: ECS, `ContainerDefinition`, `stopTimeout`: "the default value of 30 seconds is used". */
const DEFAULT_STOP_SECONDS = 30;

/**
 * Warns of a container that ECS kills while its sink may still be delivering. Skips values that only the deployment
 * knows.
 */
export function reviewStopTimeout(place: Place): void {
  const { construct } = place;
  if (!isContainer(construct)) return;
  const variables = place.read();
  if (!variables || settingOf(variables, 'installSignalHandlers') !== true) return;
  const deadline = settingOf(variables, 'shutdownDeadlineSeconds');
  const stop = stopSecondsOf(construct);
  if (typeof deadline !== 'number' || typeof stop !== 'number' || deadline < stop) return;
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:stopTimeout',
    `ECS kills this container ${stop} s after SIGTERM, and its sink may take ${deadline} s to deliver what waits; ` +
      'raise stopTimeout, or lower settings.shutdownDeadlineSeconds',
  );
}

function settingOf(variables: Variables, key: 'installSignalHandlers' | 'shutdownDeadlineSeconds'): unknown {
  return readSetting(variables, key) ?? cloudWatchSettings[key].default;
}

function stopSecondsOf(container: ecs.ContainerDefinition): unknown {
  const { stopTimeout = DEFAULT_STOP_SECONDS } = Stack.of(container).resolve(
    container.renderContainerDefinition(),
  ) as { readonly stopTimeout?: unknown };
  return stopTimeout;
}
