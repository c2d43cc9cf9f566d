import { Stage } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

/** Checks a finished tree. Returns errors that stop the deployment. */
type Review = (tree: FinishedTree) => string[];

/** A tree that synthesis has finished. Every construct in it reads it by the same functions, each of which runs once. */
export class FinishedTree {
  private readonly constructs: readonly IConstruct[];
  private readonly results = new Map<unknown, unknown>();

  constructor(root: IConstruct) {
    this.constructs = root.node.findAll();
  }

  /** @param reader a function of a module: it is known by its identity */
  read<Result>(reader: (constructs: readonly IConstruct[]) => Result): Result {
    if (!this.results.has(reader)) this.results.set(reader, reader(this.constructs));
    return this.results.get(reader) as Result;
  }
}

/**
 * Adds a review to those of a construct's stage. In one synthesis, all of them read one tree, so that an app with many
 * logging constructs is not read once for each.
 */
export function addReview(construct: Construct, review: Review): void {
  const stage = Stage.of(construct) ?? construct.node.root;
  const reviews = reviewsOf.get(stage) ?? new StageReviews(stage);
  reviewsOf.set(stage, reviews);
  reviews.add(review);
  construct.node.addValidation({ validate: () => review(reviews.treeFor(review)) });
}

const reviewsOf = new WeakMap<IConstruct, StageReviews>();

/**
 * The reviews of one stage. CDK validates a stage before everything in it, and does so again in each synthesis: there the
 * old tree is forgotten. Stages are synthesized one after the other, and Aspects change the tree between them.
 */
class StageReviews {
  private readonly all: Review[] = [];
  private readonly due = new Set<Review>();
  private tree: FinishedTree | undefined;

  constructor(private readonly stage: IConstruct) {
    stage.node.addValidation({ validate: () => this.begin() });
  }

  add(review: Review): void {
    this.all.push(review);
  }

  /** A review that is not due runs outside of a synthesis, by `node.validate()`, and reads the tree by itself. */
  treeFor(review: Review): FinishedTree {
    if (!this.due.delete(review)) return this.read();
    const tree = (this.tree ??= this.read());
    if (this.due.size === 0) this.tree = undefined;
    return tree;
  }

  private begin(): string[] {
    this.tree = undefined;
    for (const review of this.all) this.due.add(review);
    return [];
  }

  private read(): FinishedTree {
    return new FinishedTree(this.stage.node.root);
  }
}
