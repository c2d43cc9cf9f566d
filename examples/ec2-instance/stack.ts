import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { CloudWatchLogging, Trust } from 'fapilog-cloudwatch/cdk';

/** A machine that installs a service when it starts. systemd gives the service the variables that the user data has written. */
export class MachineStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/myapp/machines',
      assumedBy: Trust.ec2(),
    });
    const instance = new ec2.Instance(this, 'Instance', {
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
      machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
      role: logging.role,
      requireImdsv2: true,
    });
    logging.bindTo(instance, { service: 'reports' });
    instance.addUserData(
      'dnf install --assumeyes nodejs22',
      'systemd-run --unit=reports --property=EnvironmentFile=/etc/fapilog-cloudwatch.env node /opt/reports/main.js',
    );
  }
}
