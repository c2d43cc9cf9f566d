import { App, CfnOutput, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { uniquePath } from '../../../lib/operate/unique-path.js';
import { resolveTemplate } from '../../../local/stack/template.js';
import { templateOf } from '../deployments.js';

const LONGEST_STACK_NAME = 'n'.repeat(128);

/** The path of a construct in a stack that is deployed under a name. */
function deployedPath(construct: Construct, maxLength = 250, stackName = 'shop'): string {
  const stack = Stack.of(construct);
  new CfnOutput(construct, 'Output', { value: uniquePath(construct, maxLength) }).overrideLogicalId('Path');
  const { outputs } = resolveTemplate(templateOf(stack), {
    stackName,
    parameters: { referencetoStackAWSStackName: stackName },
  });
  return String(outputs['Path']);
}

function newStack(): Stack {
  return new Stack(new App(), 'Stack');
}

describe('uniquePath', () => {
  test('is the name of the deployed stack and the path in it', () => {
    const stack = new Stack(new Stage(new App(), 'Prod'), 'Stack', { stackName: 'at-synthesis' });

    expect(deployedPath(new Construct(new Construct(stack, 'Api'), 'Logging'))).toBe('shop/Api/Logging');
  });

  test('is the name and the path in a stack that is all of the tree', () => {
    expect(deployedPath(new Construct(new Stack(), 'Logging'))).toBe('shop/Logging');
  });

  test('begins with the outermost stack, whose name stays', () => {
    const nested = new NestedStack(newStack(), 'Nested');

    expect(deployedPath(new Construct(nested, 'Logging'))).toBe('shop/Nested/Logging');
  });

  test('tells constructs apart that differ in characters that had to go', () => {
    const paths = ['a:b', 'a*b', 'a$b', 'a b'].map((id) => deployedPath(new Construct(newStack(), id)));

    expect(paths.map((path) => path.replace(/[0-9a-f]{8}$/, '…'))).toEqual(Array(4).fill('shop/a-b-…'));
    expect(new Set(paths).size).toBe(4);
  });

  test.each([99, 100])('with %i characters in the stack fits under the longest name of a stack', (length) => {
    const id = 'x'.repeat(length - 1);

    expect(deployedPath(new Construct(newStack(), id), 228, LONGEST_STACK_NAME)).toBe(
      `${LONGEST_STACK_NAME}/${id}`,
    );
  });

  test('with more characters is cut, and still unlike its neighbours', () => {
    const long = 'x'.repeat(99);
    const paths = ['a', 'b'].map((end) =>
      deployedPath(new Construct(newStack(), long + end), 228, LONGEST_STACK_NAME),
    );

    expect(paths.map(({ length }) => length)).toEqual([228, 228]);
    expect(paths.map((path) => path.slice(0, -8))).toEqual(
      Array(2).fill(`${LONGEST_STACK_NAME}/${'x'.repeat(90)}-`),
    );
    expect(paths[0]).not.toBe(paths[1]);
  });
});
