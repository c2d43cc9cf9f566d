import { startLocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';

async function ask() {
  const service = await startLocalCloudWatchLogs();
  await fetch(service.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
    body: '{}',
  });
  console.log(JSON.stringify({ asked: service.calls.length }));
  await service.close();
}

void ask();
