"""Writes with boto3 and reads back through its paginators. Argument: the endpoint. Prints what it found as JSON."""

import json
import sys
import time

import boto3

logs = boto3.client("logs", endpoint_url=sys.argv[1])
group, stream = "/myapp/production", "api-1"
now = int(time.time() * 1000)

logs.create_log_group(logGroupName=group)
logs.put_retention_policy(logGroupName=group, retentionInDays=30)
for name in (stream, "api-2"):
    logs.create_log_stream(logGroupName=group, logStreamName=name)
events = [{"timestamp": now + i, "message": f"line {i}"} for i in range(25)]
logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)


def paged(operation, member, **params):
    pages = logs.get_paginator(operation).paginate(**params, PaginationConfig={"PageSize": 10})
    return [item for page in pages for item in page[member]]


groups = paged("describe_log_groups", "logGroups", logGroupNamePrefix="/myapp/")
streams = paged("describe_log_streams", "logStreams", logGroupName=group)
found = paged("filter_log_events", "events", logGroupName=group)
got = logs.get_log_events(logGroupName=group, logStreamName=stream, limit=2)["events"]
try:
    logs.get_log_events(logGroupName=group, logStreamName="missing")
    refusal = None
except logs.exceptions.ResourceNotFoundException as error:
    refusal = str(error)
print(
    json.dumps(
        {
            "groups": [[item["logGroupName"], item["retentionInDays"]] for item in groups],
            "streams": [item["logStreamName"] for item in streams],
            "found": [item["message"] for item in found],
            "got": [item["message"] for item in got],
            "refusal": refusal,
        }
    )
)
