"""Makes ``names.json``, the names and words that everybody's are drawn from.

Run ``python -m shamcrowd.simulator.supply.name_file`` after a change of the locales in
``places.csv``. It needs Faker (MIT licence), which nothing else does: with the file, worlds are the
same for every version of Faker, and nobody waits for it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shamcrowd.simulator.supply.places import NAMES

_SEED = 20_260_101
_DRAWS = 400


def main(file: str) -> None:
    """Write the names of all locales, and words, to ``file``."""
    from faker import Faker

    pools: dict[str, list[list[str]] | list[str]] = {}
    for locale in sorted(set(NAMES.values())):
        # One provider: loading all takes longer than drawing the names.
        fake = Faker(locale, providers=["faker.providers.person"], use_weighting=False)
        fake.seed_instance(_SEED)
        # For Vietnam, Faker has given names only inside of whole ones.
        given = fake.first_name_unisex if locale == "vi_VN" else fake.first_name
        parts = (given, fake.last_name)
        pools[locale] = [list(dict.fromkeys(part() for _ in range(_DRAWS))) for part in parts]
    fake = Faker("en_US", providers=["faker.providers.lorem"])
    fake.seed_instance(_SEED)
    pools["words"] = sorted({fake.word() for _ in range(3000)})
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in pools.items()]
    Path(file).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [str(Path(__file__).with_name("names.json"))]))
