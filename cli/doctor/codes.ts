/** How good or bad a finding is. A note may be meant so, and a problem stands in the way. */
export type Kind = 'ok' | 'note' | 'problem' | 'skipped';

interface Meaning<K extends Kind = Kind> {
  readonly kind: K;
  readonly meaning: string;
}

function meaningOf<K extends Kind>(kind: K): (meaning: string) => Meaning<K> {
  return (meaning) => ({ kind, meaning });
}

const ok = meaningOf('ok');
const note = meaningOf('note');
const problem = meaningOf('problem');
const skipped = meaningOf('skipped');

/** Every finding that there can be. Scripts read the names, so that they stay as they are. */
export const CODES = {
  setting: ok('A setting that somebody set, and where.'),
  defaults: ok('How many settings have their default.'),
  target: ok('Log group and log stream to which the sink delivers.'),
  sinks: ok('Where log events go.'),
  'setting-malformed': problem('A variable, an option or a line of a file has a value that is not allowed.'),
  'setting-missing': problem('A sink needs a setting that nobody set.'),
  'settings-file': problem('The settings file cannot be read.'),
  'settings-parameter': problem('The SSM parameter with the settings cannot be read.'),
  'settings-notice': note('A variable that nobody knows, or two that disagree.'),
  'logging-off': note('Nothing is logged: the level is `silent`, or no sink is named.'),
  'no-delivery': note(
    'The sink `cloudwatch` is not among the sinks, so that nothing goes to CloudWatch Logs.',
  ),
  lane: ok('Who makes the calls, and why.'),
  credentials: ok('Where the credentials come from, and until when they are valid.'),
  identity: ok('Who the credentials are, by the word of STS.'),
  'identity-unknown': skipped('STS was not asked, or gave no answer.'),
  'credentials-missing': problem('There are no credentials, or what should give them is not there.'),
  'credentials-unreachable': problem('Whoever gives the credentials does not answer.'),
  'credentials-expired': problem('The credentials have expired.'),
  'role-refused': problem('The role of `roleArn` cannot be assumed.'),
  'caller-refused': problem('The service, or STS, refuses the credentials.'),
  region: ok('The Region, and where it comes from.'),
  'region-missing': problem('There is no Region.'),
  'region-malformed': problem('The Region is no name of one.'),
  'region-differs': note('The setting and `AWS_REGION` name different Regions.'),
  endpoint: ok('The URL to which the calls go, and where it comes from.'),
  'endpoint-unknown': skipped('The endpoint depends on the Region, and there is none.'),
  'endpoint-unusable': problem('No call can be made to what should be the endpoint.'),
  'endpoint-region': problem('The endpoint is one of another Region than the calls are signed for.'),
  'endpoint-plain': note('The endpoint is another machine, and the connection is not encrypted.'),
  'endpoint-ignored': note('An endpoint is named, and `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` turns it off.'),
  'endpoint-flag': note('A flag of the AWS tools is neither `true` nor `false`, so that it does not count.'),
  proxy: ok('Whether calls go through a proxy.'),
  'proxy-unused': problem('Node.js was told to use the proxy, and this version cannot.'),
  'proxy-not-asked': note('A proxy is named, and Node.js uses it only if it is told to.'),
  'proxy-malformed': problem('The URL of the proxy is none.'),
  reachable: ok('The service answers, and how long each step takes.'),
  'name-unknown': problem('The name of the endpoint has no address.'),
  'connection-refused': problem('No connection comes about.'),
  'tls-failed': problem('The connection is not trusted, or does not speak TLS.'),
  'no-answer': problem('There is a connection, and no answer.'),
  stranger: problem('What answers is not CloudWatch Logs.'),
  'extra-ca': problem('`NODE_EXTRA_CA_CERTS` names a file that cannot be read.'),
  clock: ok('The clocks of this machine and of the service agree.'),
  'clock-differs': note('The clocks differ by more than a minute.'),
  'clock-skew': problem('The clocks differ by five minutes or more: the service refuses signatures.'),
  'clock-window': problem('The clocks differ so much that the service discards events.'),
  group: ok('The log group, and its properties.'),
  'group-hidden': ok('A writer may not see the log group, as it should be.'),
  'group-missing': problem('The log group does not exist, and the sink may not create it.'),
  'group-created': note('The log group does not exist, and the sink will try to create it.'),
  'group-retention': note('The retention of the log group is not the one of the settings.'),
  'group-class': note('The class of the log group does less than STANDARD.'),
  'group-unknown': skipped('Nobody could be asked about the log group.'),
  write: ok('A log event was written, and where it is.'),
  'write-skipped': skipped('Nothing was written: `--write` was not given, or the way is not there.'),
  'write-refused': problem('The service denies the write.'),
  'write-missing': problem('The log group or the log stream does not exist, and the sink may not create it.'),
  'write-discarded': problem('The service took the call, and discarded the event.'),
  'write-failed': problem('The write failed for another reason.'),
  'write-throttled': note('The service is asked too often. It does not deny the write.'),
  package: ok('The versions that are installed.'),
  'package-copies': note('There are several copies of this package.'),
  node: ok('The version of Node.js.'),
  'node-old': problem('This version of Node.js is too old.'),
  'node-ended': note('This version of Node.js gets no security updates any more.'),
  'winston-version': problem('winston is of a version that the transport does not know.'),
  lambda: ok('What the function of AWS Lambda does with lines.'),
  'lambda-absent': skipped('This is no function of AWS Lambda.'),
  'lambda-discards': note('Lambda discards lines that the logger writes.'),
  'lambda-wrapper': note('A wrapper starts the runtime of the function.'),
  container: ok('The container, and the log driver that takes what is diverted to stderr.'),
  'container-absent': skipped('This is no container of ECS or Kubernetes.'),
  'container-unknown': note('The metadata of the ECS task do not answer.'),
  'container-no-log-driver': note('No log driver takes what the sink diverts to stderr.'),
  'container-stop': note('ECS may end the container before the sink has ended.'),
  worker: ok('The worker thread that makes the calls can be started.'),
  'worker-off': skipped('The settings ask for no worker thread.'),
  'worker-file': note('The package is not installed here: a bundle brings the file of the thread along.'),
  spool: ok('The directory of the spool, and its room.'),
  'spool-off': skipped('The settings name no spool.'),
  'spool-unsafe': problem('Others could change the directory of the spool.'),
  'spool-unwritable': problem('The directory of the spool cannot be written.'),
  'spool-room': note('The disk has less room than the spool may take.'),
} as const satisfies Readonly<Record<string, Meaning>>;

export type Code = keyof typeof CODES;
