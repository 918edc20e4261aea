"""Versions of schemas that platforms write: understood, or refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shamcrowd.recording.imports.files import LogFileError
from shamcrowd.recording.imports.guess import guess, not_imported
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from tests.recording.imports.test_importing import KEY, jsonl


def span(**attributes: Any) -> dict[str, Any]:
    """A span as OTLP writes it, of one user."""
    told = {"gen_ai.request.model": "m", "user.id": "u-ann", **attributes}
    pairs = [{"key": key, "value": {"intValue" if isinstance(v, int) else "stringValue": v}}
             for key, v in told.items()]  # fmt: skip
    inner = {"traceId": "t", "spanId": "s", "startTimeUnixNano": "1772442000000000000",
             "attributes": pairs}  # fmt: skip
    return {"resourceSpans": [{"scopeSpans": [{"spans": [inner]}]}]}


def event(number: int, activity: int) -> dict[str, Any]:
    """An OCSF event about one user."""
    return {"class_uid": number, "activity_id": activity, "status_id": 1, "time": 1772442000000,
            "user": {"uid": "u-ann"}, "actor": {"user": {"uid": "u-adm"}}}  # fmt: skip


OLD_SPAN = span(**{"gen_ai.system": "openai", "gen_ai.usage.prompt_tokens": 9,
                   "gen_ai.usage.completion_tokens": 8})  # fmt: skip
NEW_SPAN = span(**{"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
                   "gen_ai.usage.input_tokens": 9, "gen_ai.usage.output_tokens": 8})  # fmt: skip
BY_NAME = {"traceId": "t", "spanId": "s", "startTimeUnixNano": "1772442000000000000",
           "attributes": {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m",
                          "gen_ai.usage.input_tokens": 9, "user.id": "u-ann"}}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "tokens"), [(OLD_SPAN, 9), (NEW_SPAN, 9), (BY_NAME, 9)],
    ids=["until 1.26", "since 1.37", "attributes by name"],
)  # fmt: skip
def test_spans_of_old_and_new_conventions(row: dict[str, Any], tokens: int, tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row])
    (mapping,) = guess(log)
    assert mapping.format == "otel-genai"
    coverage, _ = import_log([str(log)], mapping, tmp_path / "out", KEY)
    assert (coverage.staged.requests, coverage.staged.filled["input_tokens"]) == (1, 1.0)


@pytest.mark.parametrize("operation", ["invoke_agent", "execute_tool", "create_agent"])
def test_spans_around_others_are_no_requests(operation: str, tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [NEW_SPAN, span(**{"gen_ai.operation.name": operation})])
    mapping = read_mapping(shipped()["otel-genai"])
    staged = import_log([str(log)], mapping, tmp_path / "out", KEY)[0].staged
    assert (staged.requests, staged.skipped) == (1, 1)


def test_users_that_are_disabled_in_both_classes_of_ocsf(tmp_path: Path) -> None:
    """Account Change (3001) until 1.8 and User Management (3007) since 1.9 number differently."""
    rows = [event(3001, 5), event(3007, 5), event(3001, 2), event(3007, 4), event(3001, 6)]
    log = jsonl(tmp_path / "a.jsonl", rows)
    mapping = read_mapping(shipped()["ocsf-api-activity"])
    staged = import_log([str(log)], mapping, tmp_path / "out", KEY)[0].staged
    assert (staged.events, staged.skipped) == (4, 1)


OBSERVATION = {"id": "o", "traceId": "t", "type": "GENERATION", "model": "m",
               "startTime": "2026-03-02T09:00:00Z", "completionStartTime": None,
               "parentObservationId": None, "usage": {"input": 9, "output": 8}}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"resourceMetrics": []}, "otel-metrics"),
        ({"date": "2026-03-02", "user_id": "u", "api_key": "k", "custom_llm_provider": "p",
          "prompt_tokens": 9, "completion_tokens": 8, "api_requests": 1, "successful_requests": 1,
          "failed_requests": 0}, "litellm-daily-spend"),
        ({"request_id": "r", "startTime": "2026-03-02T09:00:00Z", "litellm_model_name": "m",
          "exception_type": "e", "request_kwargs": {}}, "litellm-error-logs"),
        ({"id": "a", "changed_by": "u", "action": "created", "table_name": "t", "object_id": "o"},
         "litellm-audit-log"),
        (OBSERVATION, "langfuse-api"),
        ({"data": [OBSERVATION], "meta": {"page": 1}}, "langfuse-api"),
        ({"id": "t", "timestamp": "2026-03-02T09:00:00Z", "user_id": "u", "session_id": None,
          "environment": "default", "bookmarked": False, "tags": []}, "langfuse-traces"),
        ({"started_at": 1772442000000, "client_ip": "198.51.100.7", "latencies": {"request": 9},
          "request": {"id": "r"}, "response": {"status": 200},
          "ai": {"meta": {}, "usage": {}}}, "kong-gateway"),
        ({"events": [{"logStreamName": "aws/bedrock", "timestamp": 1772442000000, "message": "{}",
                      "ingestionTime": 1772442000001, "eventId": "1"}]}, "cloudwatch-events"),
        ({"insertId": "i", "logName": "projects/p/logs/l", "timestamp": "2026-03-02T09:00:00Z",
          "receiveTimestamp": "2026-03-02T09:00:01Z", "protoPayload": {}}, "google-cloud-logging"),
        ({"time": "2026-03-02T09:00:00Z", "resourceId": "/subscriptions/s", "properties": {},
          "category": "RequestResponse", "operationName": "ChatCompletions_Create"},
         "azure-diagnostics"),
    ],
)  # fmt: skip
def test_tables_that_say_nothing_of_accounts_are_refused(
    row: dict[str, Any], name: str, tmp_path: Path
) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row])
    refused = not_imported(log)
    assert refused is not None
    assert refused.format == name
    assert not guess(log)
    with pytest.raises(LogFileError):
        import_log([str(log)], read_mapping(shipped()["litellm-spend-logs"]), tmp_path / "o", KEY)
