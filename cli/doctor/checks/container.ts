import { messageOf } from '../../../runtime/send/verdict.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';
import { outcomeOf } from '../outcome.js';
import { within } from '../time-limit.js';

/** Whether anybody takes the lines that the sink cannot deliver, and when the container is ended. */
export const containerCheck: Check = {
  name: 'Container',
  async run(application) {
    const { env } = application;
    const uri = env['ECS_CONTAINER_METADATA_URI_V4'];
    if (uri) return [...(await driver(application, uri)), ...stop(application)];
    return [
      env['KUBERNETES_SERVICE_HOST']
        ? finding('container', 'Kubernetes keeps what is diverted to stderr: kubectl logs')
        : finding('container-absent', 'this is no container of ECS or Kubernetes'),
    ];
  },
};

/** Members of the answer for a container, version 4. Documented. */
interface Metadata {
  readonly Name?: unknown;
  readonly LogDriver?: unknown;
}

async function driver({ surroundings }: Application, uri: string): Promise<Finding[]> {
  const asked = await outcomeOf(() =>
    within(surroundings, async (signal) => Object(await (await fetch(uri, { signal })).json()) as Metadata),
  );
  if ('error' in asked) return [unknown(uri, asked.error)];
  const { Name, LogDriver } = asked.value;
  const name = typeof Name === 'string' ? `container ${Name}` : 'this container';
  if (typeof LogDriver === 'string' && LogDriver !== '' && LogDriver !== 'none')
    return [
      finding('container', `${name} has the log driver ${LogDriver}, which takes what is diverted to stderr`),
    ];
  const fix = "give it logging: LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' })";
  return [
    fault(
      'container-no-log-driver',
      `${name} has no log driver: what the sink cannot deliver, and diverts to stderr, may be lost`,
      fix,
    ),
  ];
}

function unknown(uri: string, error: Error): Finding {
  const cause = error.cause instanceof Error ? error.cause : error;
  return fault(
    'container-unknown',
    `${uri}: ${messageOf(cause)}`,
    'let this process reach the metadata endpoint of the task',
  );
}

/** Source: ECS, `ContainerDefinition`, `stopTimeout`, when nothing else is said. */
const STOP_SECONDS = 30;

function stop({ sink, settings, isDelivering }: Application): Finding[] {
  const { shutdownDeadlineSeconds: seconds } = sink;
  if (!isDelivering || seconds < STOP_SECONDS) return [];
  const place = settings.placeOf('cloudwatch', 'shutdownDeadlineSeconds');
  const message = `the sink may take ${seconds} s at the end (${place}), and ECS ends a container after ${STOP_SECONDS} s by default`;
  return [fault('container-stop', message, `raise stopTimeout of the container, or lower ${place}`)];
}
