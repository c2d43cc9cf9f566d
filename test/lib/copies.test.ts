import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as servicecatalog from 'aws-cdk-lib/aws-servicecatalog';
import { CloudWatchLogging, PolicyKind, type CloudWatchLoggingProps } from '../../lib/index.js';
import { resolveTemplate } from '../../local/stack/template.js';
import type { ResolvedResource } from '../../local/stack/template-resolver.js';
import { templateOf } from './deployments.js';
import { account, flagSets, functionIn, region, type Context } from './stacks.js';

const env = { account, region };

/** A name that stands nowhere in a template unless somebody writes the stack's name at synthesis into it. */
const AT_SYNTHESIS = 'name-at-synthesis';

const newApp = (context: Context): App => new App({ context: { ...context } });

/** Every kind of stack whose template can be deployed under another name than the one at synthesis. */
const kinds: Readonly<Record<string, (context: Context) => Stack>> = {
  stack: (context) => new Stack(newApp(context), 'Id', { stackName: AT_SYNTHESIS, env }),
  'stack of any environment': (context) => new Stack(newApp(context), AT_SYNTHESIS),
  'stack of a stage': (context) =>
    new Stack(new Stage(newApp(context), 'Stage', { env }), 'Id', { stackName: AT_SYNTHESIS }),
  'nested stack': (context) =>
    new NestedStack(new Stack(newApp(context), 'Id', { stackName: AT_SYNTHESIS, env }), 'Nested'),
  'nested stack in a nested stack': (context) => {
    const outermost = new Stack(newApp(context), 'Id', { stackName: AT_SYNTHESIS, env });
    return new NestedStack(new NestedStack(outermost, 'Nested'), 'Nested');
  },
  'product of Service Catalog': (context) =>
    new servicecatalog.ProductStack(new Stack(newApp(context), AT_SYNTHESIS, { env }), 'Product'),
};

/** Everything that the construct defines, and nothing that it is given a name for. */
function everythingIn(stack: Stack, props: CloudWatchLoggingProps = {}): CloudWatchLogging {
  const logging = new CloudWatchLogging(stack, 'Logging', { encryptionKey: true, ...props });
  logging.bindTo(functionIn(stack), { streamPrefix: 'api/' });
  logging.addAlarms({ silence: { duration: Duration.hours(1) } });
  logging.addAlarms('Many', { errors: { threshold: 100 }, dropped: { enabled: false } });
  logging.addQueries();
  logging.addQueries('Again');
  logging.addOutputs();
  logging.archiveTo(new s3.Bucket(stack, 'Bucket'));
  logging.publishSettings('Published');
  new cloudwatch.Dashboard(stack, 'Dashboard', { widgets: [logging.createWidgets()] });
  return logging;
}

/** The resources of a copy of the stack. A nested one gets the name of the outermost as a parameter. */
function copyOf(stack: Stack, stackName: string): ResolvedResource[] {
  const template = templateOf(stack);
  const parameters = Object.keys(template.Parameters ?? {}).filter((name) => name.endsWith('AWSStackName'));
  const values = parameters.map((name) => [name, stackName] as const);
  const { resources } = resolveTemplate(template, {
    region,
    stackName,
    parameters: Object.fromEntries(values),
    attributes: new Proxy({}, { has: () => true, get: (_, name) => String(name) }),
  });
  return Object.values(resources);
}

function propertiesOf(copy: readonly ResolvedResource[], type: string): any[] {
  return copy.filter((resource) => resource.type === type).map(({ properties }) => properties);
}

/** Where a text stands in a template. Descriptions may name a construct by its path, which is one in the source. */
function placesOf(text: string, part: unknown, place = ''): string[] {
  if (typeof part === 'string') return part.includes(text) ? [place] : [];
  return Object.entries(part ?? {}).flatMap(([key, value]) =>
    key.includes(text)
      ? [`${place}/${key}`]
      : key === 'Description'
        ? []
        : placesOf(text, value, `${place}/${key}`),
  );
}

/** What must differ between copies in one account and Region. */
function namesIn(copy: readonly ResolvedResource[]): string[] {
  const filters = propertiesOf(copy, 'AWS::Logs::MetricFilter');
  return [
    ...filters.flatMap(({ MetricTransformations: [{ MetricNamespace, MetricName }] }) =>
      [MetricNamespace, MetricName].join(' '),
    ),
    ...propertiesOf(copy, 'AWS::Logs::QueryDefinition').map(({ Name }) => Name),
  ];
}

describe.each(flagSets)('a template %s', (_, context) => {
  describe.each(Object.entries(kinds))('of a %s', (__, stackIn) => {
    const policyKinds = Object.values(PolicyKind);

    test.each(policyKinds)('has nowhere the name that the stack has at synthesis: %s', (policyKind) => {
      const stack = stackIn(context);
      everythingIn(stack, { policyKind });

      expect(placesOf(AT_SYNTHESIS, templateOf(stack))).toEqual([]);
    });

    test('has metrics and saved queries of its own in each copy', () => {
      const stack = stackIn(context);
      everythingIn(stack);

      const [one, two] = ['one', 'two'].map((name) => namesIn(copyOf(stack, name)));

      expect(one).toHaveLength(10);
      expect(new Set([...one!, ...two!]).size).toBe(20);
    });

    test('raises alarms on the metrics of its own copy', () => {
      const stack = stackIn(context);
      everythingIn(stack);
      const copy = copyOf(stack, 'one');

      const counted = propertiesOf(copy, 'AWS::Logs::MetricFilter').map(
        ({ MetricTransformations: [{ MetricNamespace, MetricName }] }) => [MetricNamespace, MetricName],
      );
      const alarms = propertiesOf(copy, 'AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace);

      expect(alarms.map(({ Namespace, MetricName }) => [Namespace, MetricName])).toEqual([
        ...counted,
        counted[0],
      ]);
      expect(counted).toHaveLength(2);
      const [{ DashboardBody }] = propertiesOf(copy, 'AWS::CloudWatch::Dashboard');
      for (const [namespace, name] of counted) expect(DashboardBody).toContain(`["${namespace}","${name}",`);
    });

    test('lets the service use the key for the log group of its own copy, and of no other', () => {
      const stack = stackIn(context);
      everythingIn(stack);

      const [one, two] = ['one', 'two'].map((name) => copyOf(stack, name));

      expect(admits(one!, one!)).toBe(true);
      expect(admits(one!, two!)).toBe(false);
    });
  });
});

/** Whether the policy of the key in one copy admits the log group in another. */
function admits(keys: readonly ResolvedResource[], groups: readonly ResolvedResource[]): boolean {
  const [{ KeyPolicy }] = propertiesOf(keys, 'AWS::KMS::Key');
  const conditions = KeyPolicy.Statement.map((each: any) => each.Condition?.ArnLike).filter(Boolean);
  const [pattern] = conditions.map((condition: any) => condition['kms:EncryptionContext:aws:logs:arn']);
  const { physicalName } = groups.find(({ type }) => type === 'AWS::Logs::LogGroup')!;
  const [prefix, ...ends] = pattern.split('log-group:')[1].split('*');
  expect(ends).toEqual(['']);
  return physicalName.startsWith(prefix);
}

test('a product of Service Catalog is bound to no account and no Region, wherever it is defined', () => {
  const product = kinds['product of Service Catalog']!({});
  everythingIn(product);

  expect(placesOf(account, templateOf(product))).toEqual([]);
  expect(placesOf(region, { ...templateOf(product), Mappings: {} })).toEqual([]);
});
