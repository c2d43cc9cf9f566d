"""
Follows a log group by the calls that `aws logs tail --follow` of version 2 makes: FilterLogEvents with `interleaved`,
page by page, again and again from the time of the last event, leaving out the events of that time that it has seen.

Arguments: the endpoint, the log group, the start in milliseconds. Ends when its input does.
"""

import select
import sys

import boto3

endpoint, group, start = sys.argv[1], sys.argv[2], int(sys.argv[3])
logs = boto3.client("logs", endpoint_url=endpoint)
name = "logGroupIdentifier" if group.startswith("arn:") else "logGroupName"
seen = {}
while not select.select([sys.stdin], [], [], 0.1)[0]:
    pages = logs.get_paginator("filter_log_events").paginate(
        **{name: group}, interleaved=True, startTime=start, PaginationConfig={"PageSize": 1}
    )
    for page in pages:
        for event in page["events"]:
            if event["eventId"] not in seen:
                seen[event["eventId"]] = event["timestamp"]
                print(event["message"], flush=True)
    if seen:
        start = max(seen.values())
        seen = {event_id: time for event_id, time in seen.items() if time == start}
