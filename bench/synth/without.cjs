module.exports = (stack, makeFunction) => {
  const { LogGroup, RetentionDays } = require('aws-cdk-lib/aws-logs');
  const logGroup = new LogGroup(stack, 'Logs', {
    logGroupName: '/myapp/production',
    retention: RetentionDays.ONE_MONTH,
  });
  makeFunction({ logGroup });
};
