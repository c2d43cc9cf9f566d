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
    secrets: () => rendered(container).secrets.map(({ name }) => name),
    write: (variables) => {
      for (const [name, value] of Object.entries(variables)) container.addEnvironment(name, value);
    },
  };
}

interface Rendered {
  readonly environment: readonly KeyValue[];
  readonly secrets: readonly (KeyValue & { readonly valueFrom: unknown })[];
}

function rendered(container: ecs.ContainerDefinition): Rendered {
  const { environment = [], secrets = [] } = Stack.of(container).resolve(
    container.renderContainerDefinition(),
  ) as Partial<Rendered>;
  return { environment, secrets };
}

function variablesOf(container: ecs.ContainerDefinition): Variables {
  const { environment, secrets } = rendered(container);
  return Object.fromEntries([
    ...secrets.map(({ name, valueFrom }) => [name, valueFrom] as const),
    ...environment.map(({ name, value }) => [name, value] as const),
  ]);
}
