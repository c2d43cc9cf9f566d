import {
  DefaultTokenResolver,
  Reference,
  StringConcat,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A value as a template has it, and what it refers to. */
export interface WithReferences {
  readonly resolved: unknown;
  /** All resources that it refers to, wherever in it, in this stack or another one. */
  readonly targets: ReadonlySet<IConstruct>;
}

/** Resolves a value of a construct, and collects what it refers to. */
export function withReferences(value: unknown, scope: IConstruct): WithReferences {
  const resolver = new ReferenceCollector(new StringConcat());
  const resolved: unknown = Tokenization.resolve(value, { scope, resolver, preparing: false });
  return { resolved, targets: resolver.targets };
}

class ReferenceCollector extends DefaultTokenResolver {
  readonly targets = new Set<IConstruct>();

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    if (Reference.isReference(token)) this.targets.add(token.target);
    return super.resolveToken(token, context, postProcessor);
  }
}
