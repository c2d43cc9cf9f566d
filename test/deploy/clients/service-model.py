"""
Calls every operation of a CloudWatch Logs server, and validates what goes out and what comes back by the service model
that botocore has: members, types, enums, patterns, lengths and ranges.

Arguments: the endpoint, the operations. Prints JSON: the operations called and every problem found.
"""

import json
import re
import sys
import time

import boto3
from botocore.config import Config

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
model = client.meta.service_model
problems = []
called = []


def check(shape, value, path):
    """Every way in which a value of the wire is not what its shape says."""
    kind = shape.type_name
    python = {
        "structure": dict,
        "map": dict,
        "list": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "long": int,
        "double": (int, float),
        "float": (int, float),
    }[kind]
    if not isinstance(value, python) or (kind in ("integer", "long") and isinstance(value, bool)):
        return [f"{path}: {value!r} is no {kind}"]
    found = []
    if kind == "structure":
        found += [f"{path}: no {name}" for name in shape.required_members if name not in value]
        found += [f"{path}: no member {name} in the model" for name in value if name not in shape.members]
        for name in value.keys() & shape.members.keys():
            found += check(shape.members[name], value[name], f"{path}.{name}")
    elif kind == "map":
        for key, item in value.items():
            found += check(shape.key, key, f"{path} key") + check(shape.value, item, f"{path}.{key}")
    elif kind == "list":
        for index, item in enumerate(value):
            found += check(shape.member, item, f"{path}[{index}]")
    elif kind == "string":
        if shape.enum and value not in shape.enum:
            found.append(f"{path}: {value!r} is none of {shape.enum}")
        pattern = shape.metadata.get("pattern", "")
        for theirs, ours in ((r"\p{L}", r"\w"), (r"\p{N}", r"\w"), (r"\p{Z}", r"\s")):
            pattern = pattern.replace(theirs, ours)
        if pattern and not re.search(f"^(?:{pattern})$", value.replace("\n", " ")):
            found.append(f"{path}: {value!r} does not match {pattern}")
    size = value if isinstance(value, (int, float)) else len(value)
    if kind not in ("structure", "boolean"):
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if (low is not None and size < low) or (high is not None and size > high):
            found.append(f"{path}: size {size} is not in {low}..{high}")
    return found


def on_answer(http_response, parsed, model, **_):
    """The bytes of the answer, before botocore leaves out what it does not know."""
    name = model.name
    called.append(name)
    if "x-amzn-requestid" not in {key.lower() for key in http_response.headers}:
        problems.append(f"{name}: no request id")
    if http_response.headers.get("Content-Type") != "application/x-amz-json-1.1":
        problems.append(f"{name}: Content-Type {http_response.headers.get('Content-Type')}")
    body = json.loads(http_response.content)
    if http_response.status_code >= 300:
        on_error(name, model, body)
    elif model.output_shape is not None:
        problems.extend(check(model.output_shape, body, name))
    elif body != {}:
        problems.append(f"{name}: {body} where the model has no output")


def on_error(name, operation, body):
    code = body.get("__type", "")
    if code not in [shape.name for shape in operation.error_shapes]:
        problems.append(f"{name}: error {code} is none of the model's")
    shape = next((shape for shape in operation.error_shapes if shape.name == code), None)
    members = {key: value for key, value in body.items() if key not in ("__type", "message")}
    if not isinstance(body.get("message"), str):
        problems.append(f"{name}: error {code} has no message")
    if shape is not None:
        problems.extend(check(shape, members, f"{name} {code}"))


def on_request(params, model, **_):
    """What boto3 would send, by the same rules."""
    problems.extend(check(model.input_shape, json.loads(params["body"]), f"{model.name} request"))


client.meta.events.register("before-call.logs", on_request)
client.meta.events.register(
    "after-call.logs", lambda http_response, parsed, model, **_: on_answer(http_response, parsed, model)
)


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

print(json.dumps({"called": sorted(set(called)), "problems": problems}))
