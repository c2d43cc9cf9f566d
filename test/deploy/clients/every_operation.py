"""
Calls each operation of a CloudWatch Logs server once, with the least input that the service model of botocore allows.

Arguments: what to do, and JSON with `operations` and `names`: names and values that exist at the server, by member. `inputs` prints
the inputs in the order of the calls. `calls` makes them and prints the parsed answers, and what is not as the model says.
"""

import json
import sys
import time

import boto3
from botocore import xform_name
from botocore.config import Config

from model_check import check_events, problems, watch

task, given = sys.argv[1], json.loads(sys.argv[2])
client = boto3.client("logs", config=Config(retries={"max_attempts": 0}))
model = client.meta.service_model

# What no model says: values that the service takes.
VALUES = {
    "deletionProtectionEnabled": False,
    "destinationArn": "arn:aws:lambda:us-east-1:123456789012:function:reader",
    "filterPattern": "ERROR",
    "kmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/local",
    "metricValue": "1",
    "name": "shop/Errors",
    "policyDocument": json.dumps({"Fields": ["requestId"]}),
    "queryString": "fields @message",
    "retentionInDays": 7,
    "startTime": int(time.time()) - 600,
    "endTime": int(time.time()) + 600,
    "tagKeys": ["team"],
    "tags": {"team": "web"},
    "timestamp": int(time.time() * 1000),
    **given["names"],
}
# Of one operation only: what it makes must not be there yet, and where the same name has another type.
OWN_VALUES = {
    "CreateLogGroup": {"logGroupName": VALUES["logGroupName"] + "-new"},
    "CreateLogStream": {"logStreamName": VALUES["logStreamName"] + "-new"},
    "UntagLogGroup": {"tags": VALUES["tagKeys"]},
}
# A query over one event has ended before it can be stopped.
REFUSED = {"StopQuery": "InvalidParameterException"}
# Those that take what another one needs come last.
ORDER = ["Create", "Put", "Associate", "Tag", "", "Untag", "Disassociate", "Delete", "DeleteLogStream", "DeleteLogGroup"]


def place(operation):
    starts = [index for index, start in enumerate(ORDER) if operation.startswith(start)]
    return max(starts, key=lambda index: len(ORDER[index])), operation


def value_of(name, shape):
    if name in VALUES:
        return VALUES[name]
    least = shape.metadata.get("min", 0)
    if shape.type_name == "structure":
        return {member: value_of(member, shape.members[member]) for member in shape.required_members}
    if shape.type_name == "list":
        return [value_of(None, shape.member) for _ in range(least)]
    if shape.type_name == "map":
        return {f"key{index}": value_of(None, shape.value) for index in range(least)}
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "a" * max(least, 1)
    return False if shape.type_name == "boolean" else least


def input_of(operation):
    shape = model.operation_model(operation).input_shape
    named = {"logGroupName": VALUES["logGroupName"]} if "logGroupName" in shape.members else {}
    needed = {name: value_of(name, shape.members[name]) for name in shape.required_members}
    return {**named, **needed, **OWN_VALUES.get(operation, {})}


def call(operation, params):
    try:
        answer = getattr(client, xform_name(operation))(**params)
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != REFUSED.get(operation):
            raise
        return {}
    del answer["ResponseMetadata"]
    if not model.operation_model(operation).has_event_stream_output:
        return answer
    (member,) = answer
    client.put_log_events(**input_of("PutLogEvents"))
    check_events(client, operation, answer[member], lambda _, event: event.get("sessionResults"))
    return {}


inputs = {operation: input_of(operation) for operation in sorted(given["operations"], key=place)}
if task == "inputs":
    print(json.dumps(inputs))
else:
    watch(client)
    answers = {operation: call(operation, params) for operation, params in inputs.items()}
    print(json.dumps({"answers": answers, "problems": problems}))
