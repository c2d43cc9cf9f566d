import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { CloudWatchLogging, Trust } from 'fapilog-cloudwatch/cdk';

/**
 * Pods of a cluster that this app does not own: EKS Pod Identity gives them the writer role, and a ConfigMap, which is an
 * output of the stack, their variables (`envFrom`).
 */
export class PodStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/myapp/pods',
      assumedBy: Trust.podIdentity(),
    });
    new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName: new CfnParameter(this, 'ClusterName').valueAsString,
      namespace: 'production',
      serviceAccount: 'api',
      roleArn: logging.role.roleArn,
    });
    new CfnOutput(this, 'ConfigMap', {
      description: 'To be applied with kubectl',
      value: this.toJsonString({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'logging', namespace: 'production' },
        data: logging.toConfigMapData({ service: 'api' }),
      }),
    });
  }
}
