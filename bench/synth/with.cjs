module.exports = (stack, makeFunction) => {
  const { RetentionDays } = require('aws-cdk-lib/aws-logs');
  const { CloudWatchLogging } = require('../../dist/cjs/lib/index.js');
  const logging = new CloudWatchLogging(stack, 'Logging', {
    logGroupName: '/myapp/production',
    retention: RetentionDays.ONE_MONTH,
  });
  logging.bindTo(makeFunction({ role: logging.role, logGroup: logging.logGroup }));
};
