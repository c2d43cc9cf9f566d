"""
Makes calls to a CloudWatch Logs server, many of which it refuses, and validates what goes out and what comes back by the
service model that botocore has.

Argument: the endpoint. Prints every problem found, as JSON.
"""

import json
import sys
import time

import boto3
from botocore.config import Config

from model_check import problems, watch

endpoint = sys.argv[1]
group, stream = "/myapp/model", "stream-1"
now = int(time.time() * 1000)
client = boto3.client(
    "logs",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="testing",
    aws_secret_access_key="testing",
    config=Config(retries={"max_attempts": 0}),
)
watch(client)


def refused(operation, **params):
    try:
        getattr(client, operation)(**params)
        problems.append(f"{operation} {params} was not refused")
    except client.exceptions.ClientError:
        pass


target = {"logGroupName": group, "logStreamName": stream}
event = {"timestamp": now, "message": "line"}
client.create_log_group(logGroupName=group, tags={"team": "web"}, kmsKeyId="key-1", deletionProtectionEnabled=True)
client.create_log_group(logGroupName=f"{group}-ia", logGroupClass="INFREQUENT_ACCESS")
client.create_log_group(logGroupName=f"{group}-delivery", logGroupClass="DELIVERY")
refused("create_log_group", logGroupName=group)
client.create_log_stream(**target)
client.create_log_stream(logGroupName=group, logStreamName="stream-2")
refused("create_log_stream", **target)
client.put_retention_policy(logGroupName=group, retentionInDays=7)
refused("put_retention_policy", logGroupName="missing", retentionInDays=7)
client.put_log_events(
    **target,
    logEvents=[{**event, "timestamp": now - 15 * 86_400_000}, event, {**event, "timestamp": now + 3 * 3_600_000}],
    entity={"keyAttributes": {"Type": "Nonsense", "Name": "api"}},
)
client.put_log_events(**target, logEvents=[event])
refused("put_log_events", **target, logEvents=[event, {**event, "timestamp": now - 1}])
refused("put_log_events", logGroupName=group, logStreamName="missing", logEvents=[event])
client.describe_log_groups()
client.describe_log_groups(limit=1)
refused("describe_log_groups", nextToken="garbage")
client.describe_log_streams(logGroupName=group)
client.describe_log_streams(logGroupName=group, orderBy="LastEventTime", descending=True, limit=1)
refused("describe_log_streams", logGroupName="missing")
client.get_log_events(**target, startFromHead=True)
client.get_log_events(logGroupName=group, logStreamName="stream-2")
refused("get_log_events", **target, nextToken="garbage")
client.filter_log_events(logGroupName=group)
client.filter_log_events(logGroupName=group, limit=1)
refused("filter_log_events", logGroupName=f"{group}-ia")
metric_filter = {"logGroupName": group, "filterName": "errors"}
transformation = {"metricName": "errors", "metricNamespace": "app", "metricValue": "$.count", "unit": "Count"}
client.put_metric_filter(
    **metric_filter, filterPattern="{ $.level = \"error\" }", metricTransformations=[{**transformation, "defaultValue": 0}]
)
refused("put_metric_filter", **metric_filter, filterPattern="{", metricTransformations=[transformation])
client.describe_metric_filters(logGroupName=group, filterNamePrefix="e")
client.describe_metric_filters(metricName="errors", metricNamespace="app", limit=1)
client.test_metric_filter(filterPattern="[level, ..., last]", logEventMessages=["ERROR a b", "INFO"])
client.delete_metric_filter(**metric_filter)
refused("delete_metric_filter", **metric_filter)
subscription = {"logGroupName": group, "filterName": "forward"}
destination = {"destinationArn": "arn:aws:lambda:us-east-1:123456789012:function:forward"}
client.put_subscription_filter(**subscription, filterPattern="", **destination)
refused("put_subscription_filter", **subscription, filterPattern="%(%", **destination)
client.describe_subscription_filters(logGroupName=group)
client.delete_subscription_filter(**subscription)
refused("delete_subscription_filter", **subscription)
refused("delete_log_group", logGroupName=group)
refused("delete_log_stream", **target)
client.put_log_group_deletion_protection(logGroupIdentifier=group, deletionProtectionEnabled=False)
refused("put_log_group_deletion_protection", logGroupIdentifier="missing", deletionProtectionEnabled=False)
client.delete_retention_policy(logGroupName=group)
refused("delete_retention_policy", logGroupName="missing")
client.delete_log_stream(**target)
refused("delete_log_stream", **target)
client.delete_log_group(logGroupName=group)
refused("delete_log_group", logGroupName=group)

print(json.dumps(problems))
