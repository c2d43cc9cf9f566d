import { Consumer, type Ended } from '../support/consumer.js';
import { LocalServer } from '../support/local-server.js';

let example: Consumer;
let server: LocalServer;

beforeAll(async () => {
  example = await Consumer.ofExample('lambda-functions');
  server = await LocalServer.start(example);
});

afterAll(async () => {
  await server.close();
  example.remove();
});

interface Invocation {
  readonly ended: Ended;
  readonly lines: readonly unknown[];
}

/** Invokes a function as README says, with a log group of its own. */
async function invoke(...args: readonly string[]): Promise<Invocation> {
  const logGroup = `/myapp/${args.join('-')}`;
  const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup };
  const ended = await example.npm(['run', '--silent', 'invoke', '--', ...args], { env });
  const lines = await server.stored(logGroup);
  return { ended, lines: lines.map((each) => JSON.parse(each) as unknown) };
}

function line(fields: object): unknown {
  return expect.objectContaining({ requestId: expect.stringMatching(/^[\da-f-]{36}$/), ...fields });
}

function errorAt(place: string, fields: object): unknown {
  return { stack: expect.stringContaining(place), ...fields };
}

test('its types hold', async () => {
  expect(await example.npm(['run', '--silent', 'typecheck'])).toEqual({ by: 0, stdout: '', stderr: '' });
});

test('a plain handler: its line has the invocation', async () => {
  const { ended, lines } = await invoke('orders');

  expect(ended).toEqual({ by: 0, stdout: '{"total":42}\n', stderr: '' });
  expect(lines).toEqual([line({ level: 'info', message: 'order handled', coldStart: true, total: 42 })]);
});

test('a plain handler that throws: the error is stored with its stack, and thrown on', async () => {
  const { ended, lines } = await invoke('orders', 'events/orders-broken.json');

  expect(ended).toEqual({ by: 1, stdout: '', stderr: expect.stringContaining('TypeError') });
  const error = errorAt('src/orders.ts:', {
    type: 'TypeError',
    message: expect.stringContaining("'reduce'") as unknown,
  });
  expect(lines).toEqual([line({ level: 'error', message: 'invocation failed', error })]);
});

test.each([[[]], [['order']]])('a name that is none, %j: the names are told', async (args) => {
  expect(await example.npm(['run', '--silent', 'invoke', '--', ...args])).toEqual({
    by: 1,
    stdout: '',
    stderr: 'Usage: npm run invoke -- NAME [EVENT], where NAME is one of orders, greetings, payments\n',
  });
});

test('README shows a whole line', async () => {
  const { lines } = await invoke('orders');
  const [, shown = ''] = /^```json\n(.*)\n```$/m.exec(example.read('README.md')) ?? [];

  expect(Object.keys(JSON.parse(shown) as object)).toEqual(Object.keys(lines[0] as object));
});

test('middy: its line has the id of the request at API Gateway', async () => {
  const { ended, lines } = await invoke('greetings');

  expect(ended).toEqual({ by: 0, stdout: '{"statusCode":200,"body":"Hello, Ada"}\n', stderr: '' });
  expect(lines).toEqual([line({ message: 'greeted', correlationId: 'JKJaXmPLvHcESHA=', name: 'Ada' })]);
});

test('a batch of SQS: the messages that failed are answered, and each line has its message', async () => {
  const { ended, lines } = await invoke('payments');

  const stdout = '{"batchItemFailures":[{"itemIdentifier":"m-2"},{"itemIdentifier":"m-3"}]}\n';
  expect(ended).toEqual({ by: 0, stdout, stderr: '' });
  const rangeError = errorAt('src/payments.ts:', {
    type: 'RangeError',
    message: 'amount is 0; expected more than 0',
  });
  const syntaxError = errorAt('src/payments.ts:', {
    type: 'SyntaxError',
    message: expect.any(String) as unknown,
  });
  // The messages are handled at the same time.
  expect(lines).toHaveLength(3);
  expect(lines).toEqual(
    expect.arrayContaining([
      line({ level: 'info', message: 'paid', messageId: 'm-1', amount: 42 }),
      line({ level: 'error', message: 'message failed', messageId: 'm-2', error: rangeError }),
      line({ level: 'error', message: 'message failed', messageId: 'm-3', error: syntaxError }),
    ]),
  );
});

describe('synthesized by the CDK CLI', () => {
  interface Template {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>;
  }

  let resources: readonly (readonly [id: string, type: string, properties: object])[];

  beforeAll(async () => {
    const { by, stderr } = await example.npm(['run', '--silent', 'synth']);
    expect({ by, stderr }).toEqual({ by: 0, stderr });
    const { Resources } = JSON.parse(example.read('cdk.out/Functions.template.json')) as Template;
    resources = Object.entries(Resources).map(([id, { Type, Properties }]) => [id, Type, Properties]);
  });

  function logGroupId(): string {
    return resources.find(([, type]) => type === 'AWS::Logs::LogGroup')![0];
  }

  function ofType(type: string): object[] {
    return resources.flatMap(([, each, properties]) => (each === type ? [properties] : []));
  }

  test('each function has its variables', () => {
    const variables = ofType('AWS::Lambda::Function').map(
      (fn) => (fn as { Environment: { Variables: object } }).Environment.Variables,
    );
    expect(variables).toEqual(
      ['orders', 'greetings', 'payments'].map((service) => ({
        NODE_OPTIONS: '--enable-source-maps',
        FAPILOG_CORE__SINKS: '["cloudwatch"]',
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: logGroupId() },
        FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
        FAPILOG_CLOUDWATCH__REGION: { Ref: 'AWS::Region' },
        FAPILOG_SERVICE: service,
      })),
    );
  });

  test('the role of each function, and that of the construct, may write log events of its log group', () => {
    const statements = ofType('AWS::IAM::Policy').map(
      (policy) => (policy as { PolicyDocument: { Statement: object[] } }).PolicyDocument.Statement,
    );
    const grant = {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [logGroupId(), 'Arn'] },
    };
    expect(statements).toEqual(Array(4).fill(expect.arrayContaining([grant])));
  });

  test('a function is invoked with the variables of the template', async () => {
    const from = ['--port', '0', '--stack', 'cdk.out', '--function', 'Payments'];
    const program = ['npm', 'run', '--silent', 'invoke', '--', 'payments'];
    const args = ['local', ...from, '--', ...program];
    const { by, stdout, stderr } = await example.command('fapilog-cloudwatch', args);

    expect({ by, stdout }).toEqual({ by: 0, stdout: expect.stringContaining('"m-2"') as unknown });
    expect(stderr).toMatch(/\/myapp\/functions\n.*: created, 3 events stored, 0 rejected/);
  });
});
