import { execFileSync } from 'node:child_process';
import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { BindTarget } from '../../../lib/index.js';
import { TemplateResolver } from '../../../local/stack/template-resolver.js';
import { flagSets, loggingIn, newStack, region } from '../stacks.js';
import { instanceIn, launchTemplateIn, machineImage, roleIn, vpcOf } from './targets.js';

type MakeUserData = (stack: Stack) => ec2.UserData;

const custom =
  (text: string): MakeUserData =>
  () =>
    ec2.UserData.custom(text);

/** Multipart user data with a part of another format before the default one. */
function multipart(part: ec2.UserData, type?: string): ec2.MultipartUserData {
  const userData = new ec2.MultipartUserData();
  userData.addPart(ec2.MultipartBody.fromUserData(ec2.UserData.custom('#cloud-config'), 'text/cloud-config'));
  userData.addUserDataPart(part, type, true);
  return userData;
}

const parameterIn = (stack: Stack): string => new CfnParameter(stack, 'Script').valueAsString;

const INSTEAD =
  ', or grant its role access with grantWrite(…) and put what toUserData() returns into its user data';
const SHELL = 'begin it with the line of a shell, such as #!/bin/bash';
const PARTS = 'make it a part of ec2.MultipartUserData, with a shell script as the default part';
const DEFAULT_PART =
  'give it one with addUserDataPart(ec2.UserData.forLinux(), ec2.MultipartBody.SHELL_SCRIPT, true)';
const WINDOWS = 'build it with ec2.UserData.forWindows()';

const begins = (line: string, fix: string): string =>
  `user data begins with ${line} and is no shell script; ${fix}`;
const EMPTY = `user data is empty, so that its format is not known; ${SHELL}`;
const foreign = (line: string): string =>
  `user data begins with ${line} and was not made by ec2.UserData.forWindows(); ${WINDOWS}`;

/** User data to which commands are added, by the kind of machine that it is for. */
const scripts: readonly (readonly [string, MakeUserData])[] = [
  ['CDK’s', () => ec2.UserData.forLinux()],
  ['CDK’s with another shell', () => ec2.UserData.forLinux({ shebang: '#!/usr/bin/env -S bash -e' })],
  ['a script', custom('#!/bin/sh\nset -e')],
  ['a script with the line ends of Windows', custom('#!/bin/bash\r\nset -e\r\n')],
  ['a script that may end early', custom('#!/bin/sh\nif false; then\n  exit 1\nfi')],
  ['a script that redirects its output', custom('#!/bin/bash\nexec > /dev/null')],
  ['a script that redirects its errors', custom('#!/bin/bash\nexec 2>&1')],
  ['a template', custom(Fn.sub('#!/bin/bash\nexport A=${AWS::Region}'))],
  ['multipart', () => multipart(ec2.UserData.forLinux())],
  ['multipart with a script', () => multipart(ec2.UserData.custom('#!/bin/sh'))],
  [
    'multipart with a script for each boot',
    () => multipart(ec2.UserData.forLinux(), ec2.MultipartBody.CLOUD_BOOTHOOK),
  ],
];

const refusedOnLinux: readonly (readonly [string, MakeUserData, string])[] = [
  ['cloud-config', custom('#cloud-config\npackages: [jq]'), begins('"#cloud-config"', PARTS)],
  ['a cloud-config archive', custom('#cloud-config-archive\n'), begins('"#cloud-config-archive"', PARTS)],
  ['an include', custom('#include\nhttps://example.com/x'), begins('"#include"', PARTS)],
  ['a boothook', custom('#cloud-boothook\n#!/bin/sh'), begins('"#cloud-boothook"', PARTS)],
  ['an upstart job', custom('#upstart-job\nstart on x'), begins('"#upstart-job"', PARTS)],
  ['a part handler', custom('#part-handler\n'), begins('"#part-handler"', PARTS)],
  ['a jinja template', custom('## template: jinja\n#!/bin/sh'), begins('"## template: jinja"', PARTS)],
  [
    'a message of several parts',
    custom('Content-Type: multipart/mixed; boundary="//"\nMIME-Version: 1.0'),
    begins('"Content-Type: multipart/mixed; boundary=…"', PARTS),
  ],
  ['settings of Bottlerocket', custom('[settings.ecs]\ncluster = "x"'), begins('"[settings.ecs]"', PARTS)],
  ['JSON', custom('{"ignition": {}}'), begins('"{\\"ignition\\": {}}"', PARTS)],
  ['compressed text', custom('H4sIAAAA'), begins('"H4sIAAAA"', PARTS)],
  ['PowerShell', custom('<powershell>\n</powershell>'), begins('"<powershell>"', PARTS)],
  ['CDK’s for Windows', () => ec2.UserData.forWindows(), begins('"<powershell></powershell>"', PARTS)],
  ['a Python script', custom('#!/usr/bin/env python3\n'), begins('"#!/usr/bin/env python3"', PARTS)],
  ['a fish script', custom('#!/usr/bin/fish\n'), begins('"#!/usr/bin/fish"', PARTS)],
  [
    'CDK’s with a C shell',
    () => ec2.UserData.forLinux({ shebang: '#!/bin/csh' }),
    begins('"#!/bin/csh"', PARTS),
  ],
  ['a script below an empty line', custom('\n#!/bin/sh'), begins('an empty line', SHELL)],
  ['an indented script', custom('  #!/bin/sh'), begins('"  #!/bin/sh"', SHELL)],
  ['nothing', custom(''), EMPTY],
  [
    'nothing yet: what ECS will fill with settings of Bottlerocket',
    (stack) => new ecs.BottleRocketImage().getImage(stack).userData,
    EMPTY,
  ],
  [
    'a script that has ended',
    custom('#!/bin/bash\nset -e\nexit 0\n'),
    'user data ends with "exit 0", so that no later command runs; remove that line',
  ],
  [
    'a script that becomes another program',
    custom('#!/bin/bash\nexec node app.js'),
    'user data ends with "exec node app.js", so that no later command runs; remove that line',
  ],
  [
    'a parameter',
    (stack) => ec2.UserData.custom(parameterIn(stack)),
    `user data is known to the deployment only; ${SHELL}`,
  ],
  ['an import', custom(Fn.importValue('script')), `user data is known to the deployment only; ${SHELL}`],
  [
    'an encoded script',
    custom(Fn.base64('#!/bin/sh')),
    `user data is known to the deployment only; ${SHELL}`,
  ],
  [
    'multipart without parts',
    () => new ec2.MultipartUserData(),
    `multipart user data has no default part; ${DEFAULT_PART}`,
  ],
  [
    'multipart without a default part',
    () => {
      const userData = new ec2.MultipartUserData();
      userData.addPart(ec2.MultipartBody.fromUserData(ec2.UserData.forLinux()));
      return userData;
    },
    `multipart user data has no default part; ${DEFAULT_PART}`,
  ],
  [
    'multipart whose first part has become the default one',
    () => {
      const userData = new ec2.MultipartUserData();
      userData.addUserDataPart(ec2.UserData.custom('#cloud-config'), 'text/cloud-config');
      userData.addUserDataPart(ec2.UserData.forLinux());
      return userData;
    },
    `multipart user data has a default part of type "text/cloud-config"; ${DEFAULT_PART}`,
  ],
  [
    'multipart whose script is none',
    () => multipart(ec2.UserData.custom('#cloud-config')),
    begins('"#cloud-config"', PARTS),
  ],
];

const refusedOnWindows: readonly (readonly [string, MakeUserData, string])[] = [
  ['CDK’s for Linux', () => ec2.UserData.forLinux(), foreign('"#!/bin/bash"')],
  ['PowerShell of one’s own', custom('<powershell>\n</powershell>'), foreign('"<powershell>"')],
  ['a batch script', custom('<script>\n</script>'), foreign('"<script>"')],
  ['tasks of EC2Launch', custom('version: 1.1\ntasks: []'), foreign('"version: 1.1"')],
  ['a persistent script', custom('<persist>true</persist>'), foreign('"<persist>true</persist>"')],
  ['nothing', custom(''), foreign('an empty line')],
  [
    'a parameter',
    (stack) => ec2.UserData.custom(parameterIn(stack)),
    `user data is known to the deployment only; ${WINDOWS}`,
  ],
  [
    'multipart',
    () => multipart(ec2.UserData.forLinux()),
    foreign('"Content-Type: multipart/mixed; boundary=…"'),
  ],
];

describe.each(flagSets)('user data %s', (_, context) => {
  test.each(scripts)('that is a shell script takes commands: %s', (__, make) => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    const userData = make(stack);

    logging.bindTo(instanceIn(stack, 'linux', { userData }));

    const resolver = new TemplateResolver(Template.fromStack(stack).toJSON(), { region });
    const [id] = resolver.idsOf('AWS::EC2::Instance');
    expect(JSON.stringify(resolver.given(id!, 'UserData'))).toContain('export FAPILOG_CLOUDWATCH__REGION=');
  });

  test.each([
    ['once', undefined],
    ['at each start', true],
  ])('of Windows takes commands that run %s', (__, persist) => {
    const stack = newStack(context);
    const userData = ec2.UserData.forWindows({ persist });
    userData.addOnExitCommands('Write-Host over');

    loggingIn(stack).bindTo(instanceIn(stack, 'windows', { userData }));

    expect(userData.render()).toMatch(/\$env:FAPILOG_CLOUDWATCH__REGION = .*<\/powershell>/s);
  });

  test('of Windows takes commands after one with a reference', () => {
    const stack = newStack(context);
    const userData = ec2.UserData.forWindows();
    userData.addCommands(`Write-Host ${Aws.STACK_NAME}`);

    expect(() => loggingIn(stack).bindTo(instanceIn(stack, 'windows', { userData }))).not.toThrow();
  });

  describe.each<[string, 'linux' | 'windows', readonly (readonly [string, MakeUserData, string])[]]>([
    ['Linux', 'linux', refusedOnLinux],
    ['Windows', 'windows', refusedOnWindows],
  ])('of another format is refused on %s, and not changed', (__, system, refused) => {
    test.each(refused)('%s', (___, make, message) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const userData = make(stack);
      const instance = instanceIn(stack, system, { userData });
      const before = userData.render();

      expect(() => logging.bindTo(instance)).toThrow(
        new Error(`Stack/Instance: cannot set variables on a machine whose ${message}${INSTEAD}`),
      );
      expect(stack.resolve(userData.render())).toEqual(stack.resolve(before));
    });
  });

  test('of several parts has commands in the default part, which a shell runs', () => {
    const stack = newStack(context);
    const part = ec2.UserData.forLinux();

    loggingIn(stack).bindTo(instanceIn(stack, 'linux', { userData: multipart(part) }));

    const script = part.render().replaceAll('/etc/fapilog-cloudwatch.env', '/dev/null');
    const env = execFileSync('bash', ['--norc', '-ec', `${script}\nenv`], { env: {}, encoding: 'utf8' });
    expect(env).toContain(`FAPILOG_CLOUDWATCH__REGION=${region}\n`);
  });

  describe('that is not known is refused, as are an unknown system and role', () => {
    const linux = machineImage('linux');
    const userData = (): ec2.UserData => ec2.UserData.forLinux();
    const groupOf = (stack: Stack, launchTemplate: ec2.ILaunchTemplate): autoscaling.AutoScalingGroup =>
      new autoscaling.AutoScalingGroup(stack, 'Group', { vpc: vpcOf(stack), launchTemplate });
    const imported = (stack: Stack): ec2.ILaunchTemplate =>
      ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Imported', { launchTemplateId: 'lt-1' });

    test.each<[string, (stack: Stack) => BindTarget, string, string]>([
      [
        'a launch template with nothing',
        (stack) => new ec2.LaunchTemplate(stack, 'Machine'),
        'user data, operating system and role are not known',
        'userData, machineImage and role',
      ],
      [
        'a launch template without user data',
        (stack) => new ec2.LaunchTemplate(stack, 'Machine', { role: roleIn(stack) }),
        'user data and operating system are not known',
        'userData and machineImage',
      ],
      [
        'a launch template without a role',
        (stack) => launchTemplateIn(stack, { role: undefined! }),
        'role is not known',
        'role',
      ],
      [
        'a launch template with an instance profile that does not tell its role',
        (stack) =>
          launchTemplateIn(stack, {
            role: undefined!,
            instanceProfile: iam.InstanceProfile.fromInstanceProfileName(stack, 'Profile', 'theirs'),
          }),
        'role is not known',
        'role',
      ],
      [
        'a launch template without an image',
        (stack) => new ec2.LaunchTemplate(stack, 'Machine', { role: roleIn(stack), userData: userData() }),
        'operating system is not known',
        'machineImage',
      ],
      [
        'a group whose launch template has nothing',
        (stack) =>
          groupOf(
            stack,
            new ec2.LaunchTemplate(stack, 'LaunchTemplate', {
              machineImage: linux,
              instanceType: new ec2.InstanceType('t4g.nano'),
              userData: userData(),
            }),
          ),
        'role is not known',
        'role',
      ],
      [
        'a group whose launch template is imported',
        (stack) => groupOf(stack, imported(stack)),
        'user data, operating system and role are not known',
        'userData, machineImage and role',
      ],
    ])('%s', (__, target, unknown, props) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const machine = target(stack);

      expect(() => logging.bindTo(machine)).toThrow(
        new Error(
          `${machine.node.path}: cannot set variables on a machine whose ${unknown}; give it, or the launch template ` +
            `that it uses, ${props}${INSTEAD}`,
        ),
      );
    });
  });

  describe('may have 16 KB', () => {
    const group = (stack: Stack, userData: ec2.UserData): autoscaling.AutoScalingGroup =>
      new autoscaling.AutoScalingGroup(stack, 'Machine', {
        vpc: vpcOf(stack),
        instanceType: new ec2.InstanceType('t4g.nano'),
        machineImage: machineImage('linux'),
        userData,
      });
    const machines: readonly (readonly [string, (stack: Stack, userData: ec2.UserData) => BindTarget])[] = [
      ['an instance', (stack, userData) => instanceIn(stack, 'linux', { userData })],
      [
        'an instance that new user data replaces',
        (stack, userData) => instanceIn(stack, 'linux', { userData, userDataCausesReplacement: true }),
      ],
      ['a launch template', (stack, userData) => launchTemplateIn(stack, { userData })],
      // With the recommended feature flags a launch template, else a launch configuration.
      ['an Auto Scaling group', group],
    ];

    /** Bytes of a text in the template, its references estimated. */
    function bytesOf(texts: readonly unknown[]): number {
      return texts.reduce<number>((sum, each) => sum + (typeof each === 'string' ? each.length : 64), 0);
    }

    /** A stack with a bound machine, whose user data has so many bytes. */
    function stackWith(bytes: number, define: (stack: Stack, userData: ec2.UserData) => BindTarget): Stack {
      const stack = newStack(context);
      const userData = ec2.UserData.forLinux();
      loggingIn(stack).bindTo(define(stack, userData));
      const known = bytesOf(stack.resolve(userData.render())['Fn::Join'][1]);
      userData.addCommands('x'.repeat(bytes - known - 1));
      return stack;
    }

    test.each(machines)('%s', (__, define) => {
      expect(() => Template.fromStack(stackWith(16_383, define))).not.toThrow();
      expect(() => Template.fromStack(stackWith(16_384, define))).not.toThrow();
      expect(() => Template.fromStack(stackWith(16_385, define))).toThrow(
        /: the user data has about 16385 bytes; allowed: 16384 bytes, before EC2 encodes them\. Bind with fewer settings, or keep scripts elsewhere, as in S3, and let the user data fetch them/,
      );
    });

    test('also in several parts', () => {
      const stack = newStack(context);
      const part = ec2.UserData.forLinux();
      part.addCommands(`#${'x'.repeat(12_000)}`);

      loggingIn(stack).bindTo(instanceIn(stack, 'linux', { userData: multipart(part) }));

      expect(() => Template.fromStack(stack)).toThrow(/the user data has about 1[67]\d{3} bytes/);
    });

    test('unless it is not bound', () => {
      const stack = newStack(context);
      loggingIn(stack);
      instanceIn(stack).addUserData('x'.repeat(20_000));

      expect(() => Template.fromStack(stack)).not.toThrow();
    });
  });
});
