"""A programme small enough to reason about by hand; every person in it is invented."""

from pathlib import Path

PROGRAMME = """
[programme]
key = "small"
title = "A small programme"
languages = ["en", "uz"]
starts = 2018-09-01
ends = 2018-12-31
lead = "cluster"
home_country = "LV"
partner_countries = ["UZ"]
as_of = 2018-12-31
fictitious = true

[[contract]]
key = "A"
number = "LV-1"
funder = "ministry"

[[contract]]
key = "B"
number = "3.2/1"
funder = "ministry"

[[organisation]]
key = "cluster"
name = "Cluster"
kind = "cluster"
country = "LV"
place = "Riga"

[[organisation]]
key = "ministry"
name = "Ministry"
kind = "ministry"
country = "LV"

[[organisation]]
key = "water"
name = {en = "Suvtaminot", uz = "Suvtaʼminot"}
kind = "company"
country = "UZ"
spellings = ["Сувтаъминот"]

[[expert]]
key = "ozols"
names = ["Jānis Ozols", "Янис Озолс"]
role = "trainer"
organisation = "cluster"

[[visit]]
key = "tashkent"
direction = "outgoing"
title = "Tashkent"
starts = 2018-10-10
ends = 2018-10-12
places = ["Tashkent"]
shares = {A = 100}
experts = ["ozols"]

[[event]]
key = "water-1"
visit = "tashkent"
kind = "training"
title = "Water supply"
starts = 2018-10-10
ends = 2018-10-10
hours = 8
head_count = 6
trainers = ["ozols"]

[[event]]
key = "water-2"
visit = "tashkent"
kind = "training"
title = "Water losses"
starts = 2018-10-11
ends = 2018-10-12
hours = 16
shares = {A = 50, B = 50}

[[sheet]]
key = "first"
file = "sheets/first.csv"
event = "water-1"

[[sheet]]
key = "second"
file = "sheets/second.csv"
event = "water-2"

[[indicator]]
key = "trained"
title = "Specialists trained"
measure = "people"
rule = "unique-in-period"

[[indicator]]
key = "missions"
title = "Missions"
measure = "visits"
scope = {direction = "outgoing"}

[[statement]]
key = "more-than-four"
text = "More than four specialists trained."
indicator = "trained"
comparator = "more_than"
number = 4
"""

FIRST = """List of participants,,,
No,Full name,Organisation,Position
1,Shavkat Yo'ldoshev,Suvtaminot,engineer
2,Gulnora Rahimova,Suvtaminot,chief engineer
3,Bekzod Tursunov,Suvtaminot,hydrologist
4,Jānis Ozols,Cluster,expert
,Total: 4,,
"""

SECOND = """No,Full name,Organisation,Phone,11.10.2018,12.10.2018
1,Шавкат Йўлдошев,Сувтаъминот,+998 90 111 22 33,+,+
2,Гулнора Рахимова,Сувтаъминот,,+,-
3,Дилшод Эргашев,Сувтаъминот,,+,+
4,Нигора Саидова,Сувтаъминот,,-,-
5,Улуғбек Қодиров,Сувтаъминот,,-,+
"""


def small_folder(
    folder: Path, *, description: str = PROGRAMME, first: str = FIRST, second: str = SECOND
) -> Path:
    """Write it: five specialists trained; under A all five, under B those of the second training."""
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "programme.toml").write_text(description, encoding="utf-8")
    (folder / "sheets/first.csv").write_text(first, encoding="utf-8")
    (folder / "sheets/second.csv").write_text(second, encoding="utf-8")
    return folder
