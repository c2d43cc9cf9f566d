import { App, Aspects, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { addReview, FinishedTree } from '../../lib/finished-tree.js';
import { functionIn, loggingIn, newStack, ourWarnings } from './stacks.js';

let readings = 0;

function pathsIn(constructs: readonly IConstruct[]): string[] {
  readings += 1;
  return constructs.map(({ node }) => node.path);
}

/** Keeps what each of its reviews finds in the tree. */
class Reviewer extends Construct {
  readonly found: string[][] = [];

  constructor(scope: Construct, id = 'Reviewer') {
    super(scope, id);
    addReview(this, (tree) => {
      this.found.push(tree.read(pathsIn));
      return [];
    });
  }
}

beforeEach(() => (readings = 0));

test('a tree is read once by each function', () => {
  const tree = new FinishedTree(new App());

  expect(tree.read(pathsIn)).toBe(tree.read(pathsIn));
  expect(tree.read((constructs) => constructs.length)).toBe(tree.read(pathsIn).length);
  expect(readings).toBe(1);
});

test('all reviews of an app read one tree in a synthesis, and another one in the next', () => {
  const app = new App();
  const reviewers = ['One', 'Two', 'Three'].map((id) => new Reviewer(new Stack(app, id)));

  app.synth();
  app.synth({ force: true });

  expect(readings).toBe(2);
  expect(reviewers.map(({ found }) => found.length)).toEqual([2, 2, 2]);
  expect(reviewers[0]!.found[0]).toContain('Three/Reviewer');
});

test('a review that is new in the second synthesis, and the first in the tree, finds what is new there', () => {
  const app = new App();
  const first = new Stack(app, 'First');
  const second = new Stack(app, 'Second');
  const before = new Reviewer(second);
  app.synth();

  const added = new Reviewer(first);
  new Construct(second, 'New');
  app.synth({ force: true });

  expect(added.found).toEqual([expect.arrayContaining(['Second/New'])]);
  expect(before.found[1]).toBe(added.found[0]);
});

test('a synthesis that failed half-way leaves nothing to the next', () => {
  const app = new App();
  const first = new Reviewer(new Stack(app, 'First'));
  const fault = new Stack(app, 'Fault');
  let isBroken = true;
  fault.node.addValidation({
    validate: () => {
      if (isBroken) throw new Error('broken');
      return [];
    },
  });
  const last = new Reviewer(new Stack(app, 'Last'));
  expect(() => app.synth()).toThrow('broken');

  isBroken = false;
  new Construct(fault, 'New');
  first.node.validate();
  new Construct(fault, 'Newer');
  app.synth();

  expect(first.found[0]).not.toContain('Fault/New');
  expect(first.found[1]).toContain('Fault/New');
  expect(last.found).toEqual([expect.arrayContaining(['Fault/Newer'])]);
});

test('a stage is read before Aspects change the app around it, and the app after it', () => {
  const app = new App();
  const stack = new Stack(app, 'Outer');
  const stage = new Stage(app, 'Stage');
  const inner = ['One', 'Two'].map((id) => new Reviewer(new Stack(stage, id)));
  const outer = new Reviewer(stack);
  Aspects.of(stack).add({
    visit: (construct) => void (construct === stack && new Construct(stack, 'New')),
  });

  app.synth();

  expect(readings).toBe(2);
  expect(inner[1]!.found).toEqual([expect.not.arrayContaining(['Outer/New'])]);
  expect(outer.found).toEqual([expect.arrayContaining(['Outer/New'])]);
});

test('a construct that is validated by hand is read anew each time', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const reviewer = new Reviewer(stack);
  app.synth();

  new Construct(stack, 'New');
  reviewer.node.validate();
  new Construct(stack, 'Newer');
  reviewer.node.validate();

  expect(reviewer.found.slice(1)).toEqual([
    expect.arrayContaining(['Stack/New']),
    expect.arrayContaining(['Stack/Newer']),
  ]);
});

test('a construct outside of an app is reviewed', () => {
  const root = new Construct(undefined as unknown as Construct, '');
  const reviewer = new Reviewer(root);

  reviewer.node.validate();

  expect(reviewer.found).toEqual([['', 'Reviewer']]);
});

test('a policy that is added between two syntheses is found in the second', () => {
  const stack = newStack();
  const logging = loggingIn(stack);
  const fn = functionIn(stack);
  logging.bindTo(fn);
  (stack.node.root as App).synth();
  expect(ourWarnings(stack)).toEqual([]);

  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:*'], resources: ['*'] }));
  (stack.node.root as App).synth({ force: true });

  expect(ourWarnings(stack)).toEqual([expect.stringContaining('fapilog-cloudwatch:unboundedWriter')]);
});
