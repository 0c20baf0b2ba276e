"""A loopback imitation of LINE's Messaging API servers, for tests.

    imitation.py --token TOKEN --log FILE [--content ID=FILE=MIME]... [--transcoding ID=N]... [--fail PREFIX=STATUS=N]...
    imitation.py sign --secret SECRET FILE
    imitation.py parse --secret SECRET --signature SIGNATURE FILE

The first form serves api.line.me and api-data.line.me together on a free port of 127.0.0.1, and prints its address. Each
request becomes one JSON line in the log, written before the answer is sent. Two judges read each reply and push: LINE's
own OpenAPI file beside this one, taken strictly, and LINE's official SDK. What either dislikes is answered with 400.

- `problems` in the log is what the client did wrong. A failure asked for with --fail, a 202 and a 409 are none, except
  that a retry key must come back with the body that it came with first.
- An id of --transcoding without a --content fails after its N polls, instead of succeeding.

`sign` prints the X-Line-Signature of a file. `parse` reads a webhook with the official SDK and says what it holds;
`unknown` counts the events that the SDK could not read. A wrong signature is an InvalidSignatureError, status 1.
"""
import argparse
import base64
import hashlib
import hmac
import itertools
import json
import re
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.message import Message
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from linebot.v3 import WebhookParser
from linebot.v3.messaging import PushMessageRequest, ReplyMessageRequest
from linebot.v3.models import UnknownEvent
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Schema = dict[str, Any]
REPLY, PUSH = "/v2/bot/message/reply", "/v2/bot/message/push"
MODELS = {REPLY: ReplyMessageRequest, PUSH: PushMessageRequest}
CONTENT = re.compile(r"/v2/bot/message/([^/?]+)/content(/transcoding)?")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
RETRY_KEY = "X-Line-Retry-Key"

FORMATS = FormatChecker(formats=())
FORMATS.checks("uri")(lambda it: not isinstance(it, str) or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+", it)))
FORMATS.checks("int32")(lambda it: not isinstance(it, int) or -(2**31) <= it < 2**31)


def utf16_units(_: Any, longest: int, text: Any, __: Schema) -> Iterator[ValidationError]:
    """The keyword that JSON Schema lacks: LINE counts a text in UTF-16 code units."""
    if isinstance(text, str) and not 1 <= (units := len(text.encode("utf-16-le", "surrogatepass")) // 2) <= longest:
        yield ValidationError(f"Length must be between 1 and {longest}, but is {units}")


Validator = validators.extend(Draft202012Validator, {"utf16Units": utf16_units})


class Specification:
    """The schemas of LINE's OpenAPI 3.0 file as strict JSON Schemas: a property that is not listed is an error."""
    PREFIX = "#/components/schemas/"

    def __init__(self, file: Path) -> None:
        self.schemas = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["components"]["schemas"]
        strict = {name: self.named(name) for name in self.schemas}
        for name in ("TextMessage", "TextMessageV2"):
            strict[name]["properties"]["text"]["utf16Units"] = 5000
        resource = DRAFT202012.create_resource({"components": {"schemas": strict}})
        self.registry = Registry().with_resource("urn:line", resource)

    def errors(self, name: str, value: Any) -> list[dict[str, str]]:
        """What is wrong with a value that should follow the named schema, in the form of LINE's `details`."""
        schema = {"$ref": "urn:line" + self.PREFIX + name}
        found = Validator(schema, registry=self.registry, format_checker=FORMATS).iter_errors(value)
        return [{"message": error.message, "property": re.sub(r"^\$\.?", "", error.json_path)} for error in found]

    def named(self, name: str) -> Schema:
        """One schema of the file. With a discriminator it leads on to the schema that the value's kind maps to."""
        schema = self.schemas[name]
        if "discriminator" not in schema:
            return self.strict(self.merged(name, schema))
        key, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
        branches = [{"if": {"properties": {key: {"const": kind}}}, "then": {"$ref": target}} for kind, target in mapping.items()]
        kinds = {"type": "object", "required": [key], "properties": {key: {"enum": list(mapping)}}}
        return {"allOf": [kinds, {"if": kinds, "then": {"allOf": branches}}]}

    def merged(self, name: str, schema: Schema) -> Schema:
        """The schema with every part of its allOf laid into it, and its kind fixed to what leads to `name`."""
        whole = {key: value for key, value in schema.items() if key != "allOf"}
        for part in schema.get("allOf", []):
            part = self.merged(name, self.schemas[part["$ref"].removeprefix(self.PREFIX)] if "$ref" in part else part)
            whole["properties"] = part.get("properties", {}) | whole.get("properties", {})
            whole["required"] = part.get("required", []) + whole.get("required", [])
        choice = schema.get("discriminator", {})
        for kind, target in choice.get("mapping", {}).items():
            if target == self.PREFIX + name:
                whole["properties"] = whole["properties"] | {choice["propertyName"]: {"const": kind}}
                whole["required"] = [choice["propertyName"], *whole.get("required", [])]
        return whole

    def strict(self, schema: Schema) -> Schema:
        """The schema as JSON Schema knows it: `nullable` spelled out, unlisted properties forbidden."""
        result = dict(schema)
        if schema.get("nullable"):
            result["type"] = [schema["type"], "null"]
        if "items" in schema:
            result["items"] = self.strict(schema["items"])
        if "properties" in schema:
            result["type"] = result.get("type", "object")
            result["properties"] = {key: self.strict(value) for key, value in schema["properties"].items()}
            result["additionalProperties"] = schema.get("additionalProperties", False)
        return result


@dataclass
class Request:
    """One request. Where its body is no JSON in UTF-8, `unreadable` says why."""
    method: str
    path: str
    headers: Message
    body: Any = None
    unreadable: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def read(self, data: bytes) -> None:
        try:
            self.body = json.loads(data.decode("utf-8"))
        except ValueError as error:
            self.unreadable = f"The request body could not be parsed as JSON: {error}"


@dataclass
class Answer:
    """What is sent back, and what the log says beside it."""
    status: int
    body: bytes = b""
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    sdk: dict[str, Any] | None = None

    @classmethod
    def json(cls, status: int, value: Any) -> "Answer":
        return cls(status, json.dumps(value).encode())

    @classmethod
    def refusal(cls, status: int, message: str, details: Sequence[dict[str, str]] = ()) -> "Answer":
        """A 4xx. Where there are details, they are the problems; otherwise the message is."""
        answer = cls.json(status, {"message": message} | ({"details": details} if details else {}))
        answer.problems = [f"{it['property'] or 'body'}: {it['message']}" for it in details] or [message]
        return answer


class Line:
    """LINE's side: who may ask, what was accepted already, which contents there are."""
    def __init__(self, options: argparse.Namespace) -> None:
        self.token = options.token
        self.log = open(options.log, "a", encoding="utf-8", buffering=1)
        self.contents = {id: (Path(file), mime) for id, file, mime in options.content}
        self.polls = {id: int(count) for id, count in options.transcoding}
        self.failures = [(prefix, int(status)) for prefix, status, count in options.fail for _ in range(int(count))]
        self.specification = Specification(Path(__file__).with_name("messaging-api.yml"))
        self.message_ids = itertools.count(460_000_000_000_000_001)
        self.used_reply_tokens: set[str] = set()
        self.accepted: dict[str, tuple[Request, dict[str, Any]]] = {}  # by retry key, with what was answered
        self.lock = threading.Lock()

    def answer(self, request: Request) -> Answer:
        """Answers a request and writes its line in the log. One request at a time."""
        with self.lock:
            answer = self.judged(request)
            answer.headers["X-Line-Request-Id"] = request.id
            line = {"method": request.method, "path": request.path, "status": answer.status, "problems": answer.problems,
                    "body": request.body, "retryKey": request.headers[RETRY_KEY], "sdk": answer.sdk}
            self.log.write(json.dumps(line) + "\n")
        return answer

    def judged(self, request: Request) -> Answer:
        for prefix, status in self.failures:
            if request.path.startswith(prefix):
                self.failures.remove((prefix, status))
                return Answer.json(status, {"message": responses.get(status, "Failed")})
        content = CONTENT.fullmatch(request.path) if request.method == "GET" else None
        if not content and not (request.method == "POST" and request.path in MODELS):
            return Answer.refusal(404, "Not found")
        if request.headers["Authorization"] != f"Bearer {self.token}":
            return Answer.refusal(401, "Authentication failed. Confirm that the access token is valid.")
        return self.content(content[1], bool(content[2])) if content else self.sent(request)

    def sent(self, request: Request) -> Answer:
        """Answers a reply or a push: the headers, the body by both judges, then what may happen only once."""
        headers, key, model = request.headers, request.headers[RETRY_KEY], MODELS[request.path]
        if "Content-Length" not in headers:
            return Answer.refusal(411, "Content-Length is missing; this imitation does not read chunked bodies")
        if headers.get_content_type() != "application/json" or headers.get_content_charset("utf-8") != "utf-8":
            return Answer.refusal(415, "Content-Type must be application/json")
        if key is not None and (request.path == REPLY or not UUID.fullmatch(key)):
            return Answer.refusal(400, f"{RETRY_KEY} must be a UUID, and may come with a push only")
        if request.unreadable:
            return Answer.refusal(400, request.unreadable)
        if errors := self.specification.errors(model.__name__, request.body):
            return Answer.refusal(400, f"The request body has {len(errors)} error(s)", errors)
        try:
            sdk = model.from_dict(request.body).to_dict()
        except Exception as error:  # Whatever keeps the SDK from reading it is what we want to know.
            return Answer.refusal(400, f"The official SDK could not read the body: {error!r}")
        receipt = {"sentMessages": [{"id": str(next(self.message_ids))} for _ in request.body["messages"]]}
        return replace(self.replied(request, receipt) if request.path == REPLY else self.pushed(request, receipt), sdk=sdk)

    def replied(self, request: Request, receipt: dict[str, Any]) -> Answer:
        if request.body["replyToken"] in self.used_reply_tokens:
            return Answer.refusal(400, "Invalid reply token")
        self.used_reply_tokens.add(request.body["replyToken"])
        return Answer.json(200, receipt)

    def pushed(self, request: Request, receipt: dict[str, Any]) -> Answer:
        key = request.headers.get(RETRY_KEY, request.id).lower()
        first, receipt = self.accepted.setdefault(key, (request, receipt))
        if first is request:
            return Answer.json(200, receipt)
        answer = Answer.json(409, {"message": "The retry key is already accepted"} | receipt)
        answer.headers["X-Line-Accepted-Request-Id"] = first.id
        answer.problems = [] if request.body == first.body else [f"{RETRY_KEY} came with another body before"]
        return answer

    def content(self, id: str, wants_status: bool) -> Answer:
        waiting, present = self.polls.get(id, 0) > 0, id in self.contents
        if not present and (id not in self.polls or not (waiting or wants_status)):
            return Answer.refusal(404, "Not found")
        if wants_status:
            self.polls[id] = self.polls.get(id, 0) - waiting
            return Answer.json(200, {"status": "processing" if waiting else "succeeded" if present else "failed"})
        if waiting:
            return Answer(202)
        file, mime = self.contents[id]
        return Answer(200, file.read_bytes(), mime)


class Handler(BaseHTTPRequestHandler):
    """HTTP around a `Line`, which the server holds."""
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def respond(self) -> None:
        self.close_connection = self.close_connection or "Transfer-Encoding" in self.headers
        request = Request(self.command, self.path, self.headers)
        request.read(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        answer = self.server.line.answer(request)
        self.send_response(answer.status)
        own = {"Content-Type": answer.type, "Content-Length": str(len(answer.body))}
        for name, value in (answer.headers | own).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = respond

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on standard error: the log has it all."""


def serve(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--token", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--content", type=lambda text: text.split("=", 2), action="append", default=[])
    parser.add_argument("--transcoding", type=lambda text: text.split("=", 1), action="append", default=[])
    parser.add_argument("--fail", type=lambda text: text.split("=", 2), action="append", default=[])
    ThreadingHTTPServer.request_queue_size = 128  # With its 5, connections that come together are reset.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.line = Line(parser.parse_args(arguments))
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


def webhook(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["sign", "parse"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--signature", default="")
    options = parser.parse_args(arguments)
    body = options.file.read_bytes()
    if options.mode == "sign":
        print(base64.b64encode(hmac.new(options.secret.encode(), body, hashlib.sha256).digest()).decode())
        return
    events = WebhookParser(options.secret).parse(body.decode("utf-8"), options.signature)
    unknown = sum(isinstance(event, UnknownEvent) for event in events)
    print(json.dumps({"events": len(events), "types": [event.type for event in events], "unknown": unknown}))


if __name__ == "__main__":
    (webhook if sys.argv[1:2] in (["sign"], ["parse"]) else serve)(sys.argv[1:])
