/**
 * Says what to install where CDK is missing, before anything else asks for it: it is an optional peer, because an application
 * that only logs needs none. It is CommonJS, because an ES module that imports what is missing does not run at all.
 */
const peers = {
  'aws-cdk-lib': (): unknown => require('aws-cdk-lib'),
  constructs: (): unknown => require('constructs'),
};

for (const [name, load] of Object.entries(peers)) {
  try {
    load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) throw error;
    const advice = `fapilog-cloudwatch/cdk needs ${name}, which is not installed: npm install aws-cdk-lib constructs`;
    throw Object.assign(new Error(advice), { code });
  }
}
