/**
 * Says what to install where CDK is missing or too old, before anything else asks for it: it is an optional peer, because an
 * application that only logs needs none, and not every package manager enforces its range. It is CommonJS, because an ES module that
 * imports what is missing does not run at all.
 */
interface Peer {
  /** As in `peerDependencies` of package.json. */
  readonly oldest: string;
  /** One of its classes: each has the version. */
  readonly load: () => object;
}

const peers: Readonly<Record<string, Peer>> = {
  'aws-cdk-lib': { oldest: '2.257.0', load: () => require('aws-cdk-lib').Token },
  constructs: { oldest: '10.5.0', load: () => require('constructs').Construct },
};

/** What jsii writes into each class that it compiles. */
const JSII = Symbol.for('jsii.rtti');

for (const [name, { oldest, load }] of Object.entries(peers)) {
  const version = versionOf(name, load);
  if (version !== undefined && isOlder(version, oldest)) {
    const why = `needs ${name} ${oldest} or later, and ${version} is installed`;
    throw unusable('FAPILOG_PEER', `${why}: npm install aws-cdk-lib@latest constructs@latest`);
  }
}

/** `undefined` for one that a test has put in its place. */
function versionOf(name: string, load: () => object): string | undefined {
  try {
    return (load() as { readonly [JSII]?: { readonly version: string } } | undefined)?.[JSII]?.version;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) throw error;
    throw unusable(code, `needs ${name}, which is not installed: npm install aws-cdk-lib constructs`);
  }
}

function isOlder(version: string, oldest: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldestMajor = 0, oldestMinor = 0, oldestPatch = 0] = oldest.split('.').map(Number);
  return (major - oldestMajor || minor - oldestMinor || patch - oldestPatch) < 0;
}

function unusable(code: string, why: string): Error {
  return Object.assign(new Error(`fapilog-cloudwatch/cdk ${why}`), { code });
}
