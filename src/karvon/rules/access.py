"""Who may do what, and where: decided here, as data, without a website or a database.

Somebody asks for a page; the page names what it shows (`Need`) and the part of a programme it shows it of. The
answer says whether they may, and what to tell them if not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

RoleName = Literal["administrator", "coordinator", "expert", "auditor"]

Need = Literal["door", "own_account", "accounts", "edition", "programme", "change", "expert", "contract"]
"""What a page shows.

- ``door``: where people come in: signing in, one-time links, the list of programmes somebody may open
- ``own_account``: the account of whoever asks
- ``accounts``: everybody's accounts and roles
- ``edition``: what a programme has published
- ``programme``: anything of a programme
- ``change``: changing anything of a programme
- ``expert``: the events, observations and recommendations of one expert
- ``contract``: what one contract pays, with its results down to the evidence
"""

Answer = Literal["yes", "sign_in", "second_factor", "unknown", "forbidden"]
"""``unknown``: that there is something at this address is nobody's business; ``forbidden``: it is known to all."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in its place."""

    role: RoleName
    programme: str = ""
    """Key of the programme; '' for the whole installation."""
    part: str = ""
    """Key of the contract an auditor reads, or of the expert somebody is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks."""

    signed_in: bool = False
    proven: bool = False
    """They showed more than a password: a passkey, a code of an app or one sent by mail."""
    alone: bool = False
    """The installation has no account yet, and the request comes from its own machine."""
    grants: tuple[Grant, ...] = ()


_MAY: Final[Mapping[RoleName, frozenset[Need]]] = {
    "administrator": frozenset({"accounts", "edition", "programme", "change", "expert", "contract"}),
    "coordinator": frozenset({"edition", "programme", "change", "expert", "contract"}),
    "expert": frozenset({"edition", "expert"}),
    "auditor": frozenset({"edition", "contract"}),
}
_ALONE: Final[frozenset[Need]] = frozenset({"edition", "programme", "expert", "contract"})
"""What is readable without signing in where nobody can sign in yet; whoever changes anything has a name."""


def answer(
    need: Need, reader: Reader, *, programme: str = "", part: str = "", published: bool = False
) -> Answer:
    """Whether the reader may see this need of this programme, or of this part of it.

    ``part`` is the contract's or the expert's key; ``published`` says that the programme has an edition, which
    everybody may read.
    """
    if need == "door" or (need == "edition" and published) or (reader.alone and need in _ALONE):
        return "yes"
    if not reader.signed_in:
        return "sign_in"
    if need == "own_account":
        return "yes"
    if not reader.proven:
        return "second_factor"
    if any(_allows(grant, need, programme, part) for grant in reader.grants):
        return "yes"
    return "forbidden" if need == "accounts" else "unknown"


def _allows(grant: Grant, need: Need, programme: str, part: str) -> bool:
    if need not in _MAY[grant.role]:
        return False
    match grant.role:
        case "administrator":
            return True
        case "coordinator":
            return grant.programme == programme
        case "expert" | "auditor":
            return grant.programme == programme and (need == "edition" or grant.part == part)


def reads_all(reader: Reader) -> bool:
    """Whether every programme of the installation is open to the reader."""
    return reader.alone or (
        reader.signed_in and reader.proven and any(grant.role == "administrator" for grant in reader.grants)
    )


def programmes_of(reader: Reader) -> frozenset[str]:
    """The programmes in which the reader has a role of their own."""
    if not (reader.signed_in and reader.proven):
        return frozenset()
    return frozenset(grant.programme for grant in reader.grants if grant.programme)


def parts_of(reader: Reader, programme: str, role: RoleName) -> tuple[str, ...]:
    """The contracts somebody audits in a programme, or the experts they are, in the order they were given."""
    if not (reader.signed_in and reader.proven):
        return ()
    return tuple(grant.part for grant in reader.grants if (grant.role, grant.programme) == (role, programme))


def digest_of(token: str) -> str:
    """What is kept of a one-time link's token. It is random enough that a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()
