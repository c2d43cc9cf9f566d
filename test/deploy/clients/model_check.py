"""Validates what goes out and what comes back by the service model that botocore has: members, types, enums, patterns, sizes."""

import json
import re

problems = []


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
    if "x-amzn-requestid" not in {key.lower() for key in http_response.headers}:
        problems.append(f"{name}: no request id")
    if model.has_event_stream_output and http_response.status_code < 300:
        return  # It has no end: check_events looks at what comes.
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


def check_events(client, operation, stream, last):
    """Reads the events of a stream up to the first one that is `last`, as they are on the wire."""
    shape = client.meta.service_model.operation_model(operation).get_event_stream_output()
    for message in stream._event_generator:
        raw = message.to_response_dict()
        kind = raw["headers"].get(":event-type")
        event = json.loads(raw["body"])
        problems.extend(check(shape, {kind: event}, operation))
        if last(kind, event):
            return stream.close()


def watch(client):
    """From now on, `problems` has whatever this client sends or gets that is not as the model says."""
    client.meta.events.register("before-call.logs", on_request)
    client.meta.events.register(
        "after-call.logs", lambda http_response, parsed, model, **_: on_answer(http_response, parsed, model)
    )
