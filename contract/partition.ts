/** Regions that share nothing with those of others: the name is part of ARNs, the suffixes are parts of endpoints. */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  /** Of endpoints that answer over IPv6, too. */
  readonly dualStackDnsSuffix: string;
}

const AWS = partition('aws', 'amazonaws.com', 'api.aws');

/** Every other Region belongs to `aws`, also one that nobody knows yet. */
const OTHERS: readonly (readonly [regions: RegExp, Partition])[] = [
  [/^cn-\w+-\d+$/, partition('aws-cn', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn')],
  [/^us-gov-\w+-\d+$/, partition('aws-us-gov', 'amazonaws.com', 'api.aws')],
  [/^eusc-de-\w+-\d+$/, partition('aws-eusc', 'amazonaws.eu', 'api.amazonwebservices.eu')],
  [/^us-iso-\w+-\d+$/, partition('aws-iso', 'c2s.ic.gov', 'api.aws.ic.gov')],
  [/^us-isob-\w+-\d+$/, partition('aws-iso-b', 'sc2s.sgov.gov', 'api.aws.scloud')],
  [/^eu-isoe-\w+-\d+$/, partition('aws-iso-e', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk')],
  [/^us-isof-\w+-\d+$/, partition('aws-iso-f', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov')],
];

/** The partition of a Region, as the AWS SDK has it. */
export function partitionOf(region: string): Partition {
  return OTHERS.find(([regions]) => regions.test(region))?.[1] ?? AWS;
}

function partition(name: string, dnsSuffix: string, dualStackDnsSuffix: string): Partition {
  return { name, dnsSuffix, dualStackDnsSuffix };
}
