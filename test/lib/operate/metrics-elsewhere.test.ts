import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CloudWatchLogging } from '../../../lib/index.js';
import { resolveTemplate, type ResolvedTemplate } from '../../../local/index.js';
import { templateOf } from '../deployments.js';
import { account, flagSets, region, type Context } from '../stacks.js';

const env = { account, region };

interface Stacks {
  /** The stack of the log group. */
  readonly counting: Stack;
  /** The stack of the alarm. */
  readonly watching: Stack;
  /** The stack that has a name, where the log group's stack is nested in it or is itself this one. */
  readonly deployed: Stack;
}

type Place = (app: App) => Stacks;

const newStack = (app: App): Stack => new Stack(app, 'Stack', { env });

/** Where an alarm may stand that is deployed with a reference to the name of the log group's stack. */
const referring: Readonly<Record<string, Place>> = {
  'the same stack': (app) => {
    const stack = newStack(app);
    return { counting: stack, watching: stack, deployed: stack };
  },
  'a stack nested in it': (app) => {
    const stack = newStack(app);
    return { counting: stack, watching: new NestedStack(stack, 'Nested'), deployed: stack };
  },
  'the stack around it': (app) => {
    const stack = newStack(app);
    return { counting: new NestedStack(stack, 'Nested'), watching: stack, deployed: stack };
  },
  'a stack nested beside it': (app) => {
    const stack = newStack(app);
    const [counting, watching] = ['A', 'B'].map((id) => new NestedStack(stack, id));
    return { counting: counting!, watching: watching!, deployed: stack };
  },
  'another stack': (app) => {
    const stack = newStack(app);
    return { counting: stack, watching: new Stack(app, 'Watching', { env }), deployed: stack };
  },
  'another stack than the one around it': (app) => {
    const stack = newStack(app);
    const watching = new Stack(app, 'Watching', { env });
    return { counting: new NestedStack(stack, 'Nested'), watching, deployed: stack };
  },
  'a stack nested in another one': (app) => {
    const stack = newStack(app);
    const watching = new NestedStack(new Stack(app, 'Watching', { env }), 'Nested');
    return { counting: stack, watching, deployed: stack };
  },
};

/** Where CDK can make no reference. */
const apart: Readonly<Record<string, Place>> = {
  'another Region': (app) => {
    const stack = newStack(app);
    const watching = new Stack(app, 'Watching', { env: { account, region: 'us-east-1' } });
    return { counting: stack, watching, deployed: stack };
  },
  'another account': (app) => {
    const stack = newStack(app);
    const watching = new Stack(app, 'Watching', { env: { account: '210987654321', region } });
    return { counting: stack, watching, deployed: stack };
  },
  'another stage': (app) => {
    const stack = new Stack(new Stage(app, 'One'), 'Stack', { stackName: 'Stack', env });
    const watching = new Stack(new Stage(app, 'Two'), 'Watching', { env });
    return { counting: stack, watching, deployed: stack };
  },
};

function alarmed(place: Place, context: Context): Stacks {
  const stacks = place(new App({ context: { ...context } }));
  const metric = new CloudWatchLogging(stacks.counting, 'Logging').metricErrors();
  // CloudWatch has no alarm on a metric of another Region.
  if (stacks.watching.region === stacks.counting.region) {
    metric.createAlarm(stacks.watching, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  }
  const widget = new cloudwatch.GraphWidget({ left: [metric] });
  new cloudwatch.Dashboard(stacks.watching, 'Dashboard', { widgets: [[widget]] });
  return stacks;
}

/** What a stack gets from the outermost one: its name, as a parameter, as an export or as an output. */
function deploy(stack: Stack, { deployed }: Stacks, stackName: string): ResolvedTemplate {
  const [template, producer] = [templateOf(stack), templateOf(deployed)];
  const named = (names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, stackName]));
  const outputs = Object.entries<any>(producer.Outputs ?? {}).filter(
    ([, { Value }]) => Value.Ref === 'AWS::StackName',
  );
  return resolveTemplate(template, {
    ...env,
    accountId: account,
    stackName: stack === deployed ? stackName : 'another',
    parameters: named(Object.keys(template.Parameters ?? {}).filter((name) => name.endsWith('StackName'))),
    imports: named(outputs.flatMap(([, { Export }]) => (Export ? [Export.Name] : []))),
    stackOutputs: named(outputs.map(([id]) => `Stack.${id}`)),
    attributes: new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => ({ configurable: true, value: 'some' }),
        get: (_, name) => String(name),
      },
    ),
  });
}

function propertiesOf({ resources }: ResolvedTemplate, type: string): any[] {
  return Object.values(resources).flatMap((resource) =>
    resource.type === type ? [resource.properties] : [],
  );
}

/** The namespace that the metric filter counts into, and those that alarm and dashboard watch. */
function namespaces(stacks: Stacks, stackName: string): { counted: string; watched: string[] } {
  const [filter] = propertiesOf(deploy(stacks.counting, stacks, stackName), 'AWS::Logs::MetricFilter');
  const watching = deploy(stacks.watching, stacks, stackName);
  const alarms = propertiesOf(watching, 'AWS::CloudWatch::Alarm');
  const [{ DashboardBody }] = propertiesOf(watching, 'AWS::CloudWatch::Dashboard');
  return {
    counted: filter.MetricTransformations[0].MetricNamespace,
    watched: [
      ...alarms.map(({ Namespace, Metrics }) => Namespace ?? Metrics[0].MetricStat.Metric.Namespace),
      JSON.parse(DashboardBody).widgets[0].properties.metrics[0][0],
    ],
  };
}

describe.each(flagSets)('an alarm and a dashboard %s', (_, context) => {
  test.each(Object.entries(referring))(
    'in %s watch the metric of the deployed stack, whatever its name',
    (__, place) => {
      const stacks = alarmed(place, context);

      for (const name of ['Stack', 'other-name']) {
        const { counted, watched } = namespaces(stacks, name);
        expect(counted).toMatch(new RegExp(`^FapilogCloudWatch/${name}/`));
        expect(watched).toEqual([counted, counted]);
      }
    },
  );

  test.each(Object.entries(apart))('in %s watch the metric of the stack as the app names it', (__, place) => {
    const { counted, watched } = namespaces(alarmed(place, context), 'Stack');

    expect([...new Set(watched)]).toEqual([counted]);
  });
});
