/** Region, account and partition of resources. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Form of the ARN of a resource type, and how a template refers to it. */
interface ArnForm {
  readonly service: string;
  /** Text before the name. */
  readonly head: string;
  /** Text after the name. */
  readonly tail?: string;
  /** Parts that are empty in the ARN. */
  readonly without?: readonly ('region' | 'accountId')[];
  /** Attribute that returns the ARN. Default: `Arn`. */
  readonly attribute?: string;
  /** Whether `Ref` returns the ARN instead of the name. */
  readonly byRef?: boolean;
}

const forms: Readonly<Record<string, ArnForm>> = {
  'AWS::DynamoDB::Table': { service: 'dynamodb', head: 'table/' },
  'AWS::IAM::ManagedPolicy': {
    service: 'iam',
    head: 'policy',
    without: ['region'],
    attribute: 'PolicyArn',
    byRef: true,
  },
  'AWS::IAM::Role': { service: 'iam', head: 'role', without: ['region'] },
  'AWS::KMS::Key': { service: 'kms', head: 'key/' },
  'AWS::Kinesis::Stream': { service: 'kinesis', head: 'stream/' },
  'AWS::KinesisFirehose::DeliveryStream': { service: 'firehose', head: 'deliverystream/' },
  'AWS::Lambda::Function': { service: 'lambda', head: 'function:' },
  'AWS::Logs::LogGroup': { service: 'logs', head: 'log-group:', tail: ':*' },
  'AWS::S3::Bucket': { service: 's3', head: '', without: ['region', 'accountId'] },
  'AWS::SNS::Topic': { service: 'sns', head: '', attribute: 'TopicArn', byRef: true },
  'AWS::SQS::Queue': { service: 'sqs', head: '' },
};

/** The attribute that returns the ARN of a type; `undefined` if its ARN is not known here. */
export function arnAttribute(type: string): string | undefined {
  const form = formOf(type);
  return form && (form.attribute ?? 'Arn');
}

/** Whether `Ref` returns the ARN of a resource of this type. */
export function isReferredToByArn(type: string): boolean {
  return formOf(type)?.byRef === true;
}

/** The property that names a resource: `LogGroupName` of an AWS::Logs::LogGroup, `RoleName` of an AWS::IAM::Role, `FilterName` of a metric filter, and so on. */
export function nameProperty(type: string): string {
  const unprefixed = ['AWS::Kinesis::Stream', 'AWS::SSM::Parameter'];
  if (type === 'AWS::Logs::MetricFilter') return 'FilterName';
  return unprefixed.includes(type) ? 'Name' : `${type.split('::').at(-1)}Name`;
}

/**
 * The ARN of a resource; `undefined` for a type whose ARN is not known here. IAM has a path before the name, by default
 * `/`.
 */
export function resourceArn(type: string, name: string, place: Place, path = '/'): string | undefined {
  const form = formOf(type);
  if (form === undefined) return undefined;
  const { service, head, tail = '', without = [] } = form;
  const [region, accountId] = (['region', 'accountId'] as const).map((part) =>
    without.includes(part) ? '' : place[part],
  );
  const fullName = service === 'iam' ? `${path}${name}` : name;
  return `arn:${place.partition}:${service}:${region}:${accountId}:${head}${fullName}${tail}`;
}

function formOf(type: string): ArnForm | undefined {
  return Object.hasOwn(forms, type) ? forms[type] : undefined;
}
