import type { AssetStaging } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Metadata by which CDK marks handlers of its custom resources. */
const HANDLER_MARK = 'aws:cdk:is-custom-resource-handler';

/** Folders of CDK's packages, wherever a package manager puts them. */
const CDK_PACKAGE = /[\\/]node_modules[\\/](aws-cdk-lib|@aws-cdk[\\/][^\\/]+)[\\/]/;

/** CDK's two classes that define a function with code in the template, which has no asset. Neither is exported. */
const CLASSES_WITH_INLINE_CODE = ['InstanceDrainHook', 'NotificationsResourceHandler'];

/**
 * Whether CDK defines a function for its own use: a provider of a custom resource, or a singleton behind one of its
 * constructs. Such functions log little, into log groups that CDK chooses, and CDK's own tests compare their variables.
 *
 * They run code of CDK's packages; a function with code of the user's own is none, whatever its id and its scope. Nor is
 * a helper of another library.
 *
 * @param construct a function, or its resource
 */
export function isHelperOfCdk(construct: IConstruct): boolean {
  // A resource is in its function, and that in the construct that defines it.
  return construct.node.scopes.slice(-3).some((each) => isMarked(each) || runsCdkCode(each));
}

function isMarked({ node }: IConstruct): boolean {
  return node.metadata.some(({ type }) => type.startsWith(HANDLER_MARK));
}

function runsCdkCode(construct: IConstruct): boolean {
  if (CLASSES_WITH_INLINE_CODE.includes(construct.constructor.name)) return true;
  const staging = construct.node.tryFindChild('Code')?.node.tryFindChild('Stage');
  const { sourcePath } = (staging ?? {}) as Partial<AssetStaging>;
  return sourcePath !== undefined && CDK_PACKAGE.test(sourcePath);
}
