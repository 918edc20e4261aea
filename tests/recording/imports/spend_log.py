"""Writes a large log in LiteLLM's format, for measuring.

``python -m tests.recording.imports.spend_log log.jsonl --rows 3000000``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from shamcrowd.recording.imports import sql

DAYS = 14


def write_spend_log(path: Path, rows: int, accounts: int) -> None:
    """Write ``rows`` JSON lines of about 580 bytes each, a little out of order, without prompts.

    Accounts are used unevenly. One in 50 shares its address with 19 others; the others have eight
    addresses each, one after the other.
    """
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"""copy (
        with drawn as (
            select i, hash(i, 1) as a, hash(i, 2) as b,
              cast(floor({accounts} * power(hash(i, 3) / 18446744073709551616.0, 2.5)) as bigint)
                as u
            from range({rows}) t(i))
        select uuid() as request_id, 'acompletion' as call_type, sha256('k' || u || '-' || a % 2)
            as api_key, round(a % 1000 / 10000.0, 4) as spend,
          strftime(make_timestamp_ms(1772409600000 + i * {DAYS * 86_400_000} // {rows}
            - cast(b % 5000 as bigint)), '%Y-%m-%dT%H:%M:%S.%gZ') as "startTime",
          'gpt-4o-mini-2024-07-18' as model, 'gpt-4o-mini' as model_group,
          'openai' as custom_llm_provider, 'https://api.example/v1/chat/completions' as api_base,
          'user-' || u as user, null as end_user, 'team-' || u % 40 as team_id,
          json_object('user_agent', ['openai-python/1.99.2 (Linux)', 'curl/8.1',
            'langchain/0.3'][u % 3 + 1], 'spend_logs_metadata', null) as metadata,
          case when u % 50 = 0 then '203.0.' || u // 1000 || '.7'
            else '198.' || u % 100 || '.' || u // 100 % 256 || '.' || 8 * i // {rows} end
            as requester_ip_address,
          's-' || u || '-' || i // 20000 as session_id,
          case when a % 37 = 0 then 'failure' else 'success' end as status,
          cast(50 + a % 2000 as integer) as prompt_tokens,
          cast(b % 800 as integer) as completion_tokens,
          cast(300 + b % 9000 as integer) as request_duration_ms
        from drawn) to {sql.text(path)} (format json)"""
    )


def main() -> None:
    """Write a log of as many rows and accounts as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--accounts", type=int, default=20_000)
    asked = parser.parse_args()
    write_spend_log(asked.path, asked.rows, asked.accounts)


if __name__ == "__main__":
    main()
