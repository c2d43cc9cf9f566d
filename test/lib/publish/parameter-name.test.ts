import { Aws, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { PublishOptions } from '../../../lib/index.js';
import { roleIn } from '../bind/targets.js';
import { flagSets, loggingIn, newStack, policyDocuments, resources } from '../stacks.js';

describe.each(flagSets)('the name of published settings %s', (_, context) => {
  /** The name in the template, and the end of the ARN that a reader is granted. */
  function published(options: (stack: Stack) => PublishOptions): { name: unknown; resource: string } {
    const stack = newStack(context);
    const settings = loggingIn(stack).publishSettings('Settings', options(stack));
    settings.grantRead(roleIn(stack));
    const [parameter] = resources(stack, 'AWS::SSM::Parameter');
    const { Statement } = policyDocuments(stack).find((document) =>
      JSON.stringify(document).includes('ssm:GetParameter'),
    );
    return { name: parameter!['Properties'].Name, resource: JSON.stringify(Statement[0].Resource) };
  }

  test.each(['/myapp/production/logging', '/a', 'myapp', 'my.app_1-x', '/x'.repeat(15), '/my/aws/ssm'])(
    'may be %s',
    (parameterName) => {
      expect(published(() => ({ parameterName })).name).toBe(parameterName);
    },
  );

  test.each([
    '',
    ' ',
    '/',
    'a b',
    'a/b',
    '/a/',
    '//a',
    '/a//b',
    '/ä',
    '/a:1',
    'aws',
    'AWS-x',
    '/aws/x',
    '/Aws/service/x',
    '/awsx',
    'ssm-x',
    '/ssm/x',
    '/SSMx/y',
    '/x'.repeat(16),
  ])('may not be %j', (parameterName) => {
    const logging = loggingIn(newStack(context));

    expect(() => logging.publishSettings('Settings', { parameterName })).toThrow(
      `Stack/Logging.publishSettings.parameterName is ${JSON.stringify(parameterName)}; allowed: a name such as ` +
        '/myapp/production/logging: up to 15 levels of A-Z a-z 0-9 _ . -, each after a slash, or one level without a ' +
        'slash; SSM refuses names that begin with aws or ssm',
    );
    expect(logging.node.tryFindChild('Settings')).toBeUndefined();
  });

  test('may not begin so before a reference either', () => {
    const logging = loggingIn(newStack(context));

    expect(() => logging.publishSettings('Settings', { parameterName: `/aws/${Aws.STACK_NAME}` })).toThrow(
      'publishSettings.parameterName is ',
    );
  });

  test.each<[string, (stack: Stack) => PublishOptions, string]>([
    ['generated', () => ({}), ':parameter/'],
    ['generated, and said to be simple', () => ({ simpleName: true }), ':parameter/'],
    ['a path', () => ({ parameterName: '/a/b' }), ':parameter"'],
    ['a path with references', () => ({ parameterName: `/${Aws.STACK_NAME}/logging` }), ':parameter"'],
    ['simple with references', () => ({ parameterName: `x-${Aws.STACK_NAME}` }), ':parameter/'],
    [
      'a parameter that is a path',
      (stack) => ({ parameterName: new CfnParameter(stack, 'Name').valueAsString, simpleName: false }),
      ':parameter"',
    ],
    [
      'a parameter that is simple',
      (stack) => ({ parameterName: new CfnParameter(stack, 'Name').valueAsString, simpleName: true }),
      ':parameter/',
    ],
    [
      'a template that begins with a reference',
      () => ({ parameterName: Fn.sub('${AWS::StackName}-x'), simpleName: true }),
      ':parameter/',
    ],
  ])('tells the ARN: %s', (__, options, end) => {
    const { resource } = published(options);

    expect(resource).toContain(end);
  });

  test.each<[string, (stack: Stack) => PublishOptions, string]>([
    [
      'a name that only the deployment knows',
      (stack) => ({ parameterName: new CfnParameter(stack, 'Name').valueAsString }),
      'simpleName is not set; allowed: true if the name, which only the deployment knows, has no slash, and false if ' +
        'it begins with one',
    ],
    [
      'a name that begins with a reference',
      () => ({ parameterName: `${Aws.STACK_NAME}/x` }),
      'simpleName is not set; allowed: true if the name',
    ],
    [
      'a path that is said to be simple',
      () => ({ parameterName: '/a/b', simpleName: true }),
      'simpleName is true; allowed: false, or nothing, because of the parameterName',
    ],
    [
      'a generated name that is said to be a path',
      () => ({ simpleName: false }),
      'simpleName is false; allowed: true, or nothing, because of the parameterName',
    ],
    [
      'another kind of value',
      () => ({ parameterName: '/a', simpleName: 'no' as unknown as boolean }),
      'simpleName is "no"; allowed: false, or nothing, because of the parameterName',
    ],
  ])('does not tell the ARN: %s', (__, options, message) => {
    const stack = newStack(context);

    expect(() => loggingIn(stack).publishSettings('Settings', options(stack))).toThrow(
      `Stack/Logging.publishSettings.${message}`,
    );
  });
});
