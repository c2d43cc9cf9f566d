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

/** All resources that a value refers to, wherever in it, in this stack or another one. */
export function resourcesReferredTo(value: unknown, scope: IConstruct): ReadonlySet<IConstruct> {
  const resolver = new ReferenceCollector();
  Tokenization.resolve(value, { scope, resolver, preparing: false });
  return resolver.targets;
}

class ReferenceCollector extends DefaultTokenResolver {
  readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    if (Reference.isReference(token)) this.targets.add(token.target);
    return super.resolveToken(token, context, postProcessor);
  }
}
