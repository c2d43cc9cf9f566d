import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { uniquePath } from '../../../lib/operate/unique-path.js';

const app = (): App => new App();

describe('uniquePath', () => {
  test('is the name of the stack and the path in it', () => {
    const stage = new Stage(app(), 'Prod');
    const stack = new Stack(stage, 'Stack', { stackName: 'shop' });
    const construct = new Construct(new Construct(stack, 'Api'), 'Logging');

    expect(uniquePath(construct, 100)).toBe('shop/Api/Logging');
  });

  test('begins with the outermost stack, whose name is known', () => {
    const nested = new NestedStack(new Stack(app(), 'Stack'), 'Nested');

    expect(uniquePath(new Construct(nested, 'Logging'), 100)).toBe('Stack/Nested/Logging');
  });

  test('is the path in the app where CloudFormation names the stack', () => {
    const root = app();
    const { valueAsString } = new CfnParameter(new Stack(root, 'Other'), 'Name');
    const stack = new Stack(root, 'Stack');
    jest.spyOn(stack, 'stackName', 'get').mockReturnValue(valueAsString);

    expect(uniquePath(new Construct(stack, 'Logging'), 100)).toBe('Stack/Logging');
  });

  test('tells constructs apart that differ in characters that had to go', () => {
    const stack = new Stack(app(), 'Stack');
    const paths = ['a:b', 'a*b', 'a$b', 'a b'].map((id) => uniquePath(new Construct(stack, id), 100));

    expect(paths.map((path) => path.replace(/[0-9a-f]{8}$/, '…'))).toEqual(Array(4).fill('Stack/a-b-…'));
    expect(new Set(paths).size).toBe(4);
  });

  test.each([99, 100])('of %i characters fits into 100', (length) => {
    const id = 'x'.repeat(length - 'Stack/'.length);

    expect(uniquePath(new Construct(new Stack(app(), 'Stack'), id), 100)).toBe(`Stack/${id}`);
  });

  test('of more characters is cut, and still unlike its neighbours', () => {
    const stack = new Stack(app(), 'Stack');
    const long = 'x'.repeat(95);
    const paths = [`${long}a`, `${long}b`].map((id) => uniquePath(new Construct(stack, id), 100));

    expect(paths.map(({ length }) => length)).toEqual([100, 100]);
    expect(paths.map((path) => path.slice(0, 92))).toEqual(Array(2).fill(`Stack/${'x'.repeat(85)}-`));
    expect(paths[0]).not.toBe(paths[1]);
  });
});
