import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrdersStack } from '../lib/orders-stack';

test('the function logs to a log group that keeps events for a month', () => {
  const template = Template.fromStack(new OrdersStack(new App(), 'Orders'));

  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: '/myapp/production',
    RetentionInDays: 30,
  });
  template.resourceCountIs('AWS::Lambda::Function', 1);
});
