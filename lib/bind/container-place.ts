import { Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Place, Variables } from './place.js';

interface KeyValue {
  readonly name: string;
  readonly value?: unknown;
}

/** The variables of a container. Secrets count as variables: ECS refuses a name that is both. */
export function containerPlace(container: ecs.ContainerDefinition): Place {
  return {
    construct: container,
    read: () => variablesOf(container),
    secrets: () => renderedContainer(container).secrets.map(({ name }) => name),
    write: (variables) => {
      for (const [name, value] of Object.entries(variables)) container.addEnvironment(name, value);
    },
  };
}

/** A log driver and its options, as they are in the template. */
export interface LogConfiguration {
  readonly logDriver?: unknown;
  readonly options?: Variables;
}

interface Rendered {
  readonly environment: readonly KeyValue[];
  readonly secrets: readonly (KeyValue & { readonly valueFrom: unknown })[];
  readonly environmentFiles?: readonly unknown[];
  readonly logConfiguration?: LogConfiguration;
}

/** The parts of a container that matter here, as they are in the template. */
export function renderedContainer(container: ecs.ContainerDefinition): Rendered {
  const {
    environment = [],
    secrets = [],
    ...others
  } = Stack.of(container).resolve(container.renderContainerDefinition()) as Partial<Rendered>;
  return { ...others, environment, secrets };
}

function variablesOf(container: ecs.ContainerDefinition): Variables {
  const { environment, secrets } = renderedContainer(container);
  return Object.fromEntries([
    ...secrets.map(({ name, valueFrom }) => [name, valueFrom] as const),
    ...environment.map(({ name, value }) => [name, value] as const),
  ]);
}
