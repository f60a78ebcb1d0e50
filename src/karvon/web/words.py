"""The field's words for kinds, roles, stages and reasons, in the reader's language.

A word that is missing here is a programming error: tests hold every table against its Literal type.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

Words = Mapping[str, Promise]

DIRECTION: Final[Words] = {"incoming": _("study visit"), "outgoing": _("expert mission")}
EVENT_KIND: Final[Words] = {
    "training": _("training"),
    "partner_meeting": _("partner meeting"),
    "site_visit": _("site visit"),
    "presentation": _("presentation"),
}
ROLE: Final[Words] = {
    "participant": _("participant"),
    "trainer": _("trainer"),
    "expert": _("expert"),
    "interpreter": _("interpreter"),
    "organiser": _("organiser"),
    "guest": _("guest"),
}
ROLE_COUNTED: Final = {
    "participant": npgettext_lazy("counted at an event", "participant", "participants"),
    "trainer": npgettext_lazy("counted at an event", "trainer", "trainers"),
    "expert": npgettext_lazy("counted at an event", "expert", "experts"),
    "interpreter": npgettext_lazy("counted at an event", "interpreter", "interpreters"),
    "organiser": npgettext_lazy("counted at an event", "organiser", "organisers"),
    "guest": npgettext_lazy("counted at an event", "guest", "guests"),
}
STATUS: Final[Words] = {
    "registered": pgettext_lazy("attendance", "registered only"),
    "present": pgettext_lazy("attendance", "present"),
    "completed": pgettext_lazy("attendance", "completed"),
}
STAGE: Final[Words] = {
    "idea": pgettext_lazy("stage of a proposal", "idea"),
    "concept": pgettext_lazy("stage of a proposal", "concept"),
    "feasibility": pgettext_lazy("stage of a proposal", "feasibility study"),
    "submitted": pgettext_lazy("stage of a proposal", "submitted"),
    "funded": pgettext_lazy("stage of a proposal", "funded"),
    "rejected": pgettext_lazy("stage of a proposal", "rejected"),
    "implemented": pgettext_lazy("stage of a proposal", "implemented"),
}
PRIORITY: Final[Words] = {
    "high": _("high priority"),
    "medium": _("medium priority"),
    "low": _("low priority"),
}
RESPONSE: Final[Words] = {
    "accepted": pgettext_lazy("response", "accepted"),
    "partly_accepted": pgettext_lazy("response", "accepted in part"),
    "rejected": pgettext_lazy("response", "rejected"),
}
ORGANISATION_KIND: Final[Words] = {
    "ministry": _("ministry"),
    "municipality": _("municipality"),
    "public_body": _("public body"),
    "company": _("company"),
    "university": _("university"),
    "school": _("school"),
    "research": _("research institution"),
    "association": _("association"),
    "cluster": _("cluster"),
    "ngo": _("non-governmental organisation"),
    "donor": _("donor"),
    "other": pgettext_lazy("kind of organisation", "other"),
}
DOCUMENT_KIND: Final[Words] = {
    "agenda": _("agenda"),
    "invitation": _("invitation"),
    "minutes": _("minutes"),
    "trip_report": _("trip report"),
    "materials": _("training materials"),
    "photo": _("photographs"),
    "scan": _("scan"),
    "evaluation": _("evaluation forms"),
    "certificates": _("list of certificates"),
    "contract": pgettext_lazy("kind of document", "contract"),
    "other": pgettext_lazy("kind of document", "other"),
}
VERDICT: Final[Words] = {
    "supported": pgettext_lazy("verdict", "supported"),
    "not_supported": pgettext_lazy("verdict", "not supported"),
    "open": pgettext_lazy("verdict", "open"),
}
COMPARATOR: Final[Words] = {
    "more_than": _("more than %(number)s"),
    "at_least": _("at least %(number)s"),
    "exactly": _("exactly %(number)s"),
    "at_most": _("at most %(number)s"),
    "fewer_than": _("fewer than %(number)s"),
}
MEASURE: Final[Words] = {
    "people": _("people, each counted once"),
    "participations": _("participations (person × event)"),
    "person_days": _("person-days"),
    "visits": _("visits"),
    "events": _("events"),
    "recommendations": _("recommendations"),
    "recommendation_groups": _("areas of advice"),
    "proposals": _("proposals"),
    "contracts": _("contracts"),
}
SKIPPED: Final[Words] = {
    "title": _("title of the sheet"),
    "metadata": _("note about the event"),
    "blank": _("blank row"),
    "hxl": _("row of HXL tags"),
    "section": _("heading of a section"),
    "total": _("total, no person"),
    "note": _("note below the list"),
    "repeated_header": _("headings repeated"),
    "nameless": _("row without a name"),
    "left_out": _("left out by hand"),
}
FIELD: Final[Words] = {
    "name": _("Name"),
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "middle_name": _("Patronymic"),
    "organisation": _("Organisation"),
    "position": _("Position"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "country": _("Country"),
    "region": _("Region"),
    "date": _("Date"),
    "sex": _("Sex"),
    "signature": _("Signature"),
    "hours": _("Hours"),
    "role": _("Role"),
    "number": _("No."),
    "score_before": _("Test before"),
    "score_after": _("Test after"),
}
LEFT_OUT: Final[Words] = {
    "role": _("not there as a participant"),
    "registered_only": _("registered, but not marked as present"),
    "outside_period": _("outside the period"),
    "not_structured": _("not a structured training"),
    "not_signed": _("no signature on the list"),
    "delegation": _("member of the visiting delegation"),
    "below_hours": _("too few contact hours"),
    "not_completed": _("the whole course was not completed"),
    "signature_not_known": _("nobody has checked the signature"),
    "country_not_stated": _("country not stated"),
    "sector_not_stated": _("sector not stated"),
    "hours_not_known": _("contact hours not known"),
}
EVIDENCE_FIELD: Final[Words] = {
    "prior": _("before comparing"),
    "surname": _("surname"),
    "given_name": _("given name"),
    "patronymic": _("patronymic"),
    "order": _("order of the names"),
    "gender": _("gender of the name"),
    "organisation": _("organisation"),
    "position": _("position"),
    "region": _("region"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "sheet": _("sheet"),
    "veto": _("contradiction"),
}
EVIDENCE_LEVEL: Final[Words] = {
    "any two lines": _("any two lines"),
    "same": _("the same"),
    "spelling": _("the same but for spelling"),
    "slip": _("one slip apart"),
    "slips": _("two slips apart"),
    "different": _("different"),
    "different, may have married": _("different, may have changed on marriage"),
    "initial differs": _("initial differs"),
    "initial agrees": _("initial agrees"),
    "initial may agree": _("initial may agree"),
    "agrees": _("agrees"),
    "agrees but for spelling": _("agrees but for spelling"),
    "known to be another name of it": _("known to be another name of it"),
    "agrees in part": _("agrees in part"),
    "differs": _("differs"),
    "same, shared": _("the same, shared by others"),
    "a slip apart": _("one slip apart"),
    "one sheet": _("both on one sheet"),
    "names exchanged": _("surname and given name exchanged"),
    "cannot be one person": _("the lines cannot belong to one person"),
}
RARITY: Final[Words] = {
    "common": pgettext_lazy("name or value", "common"),
    "rare": pgettext_lazy("name or value", "rare"),
}
BAND: Final[Words] = {
    "certain": pgettext_lazy("match", "certain"),
    "undecided": pgettext_lazy("match", "undecided"),
}
DECISION: Final[Words] = {
    "same": _("decided: the same person"),
    "different": _("decided: different people"),
    "cannot_tell": _("looked at: cannot tell"),
}
REPORT_FORM: Final[Mapping[str, str]] = {"pdf": "PDF", "docx": "Word", "html": "HTML"}
VIA: Final[Words] = {
    "command": _("command line"),
    "web": _("website"),
    "api": _("interface for programs"),
}
ACTION: Final[Words] = {
    "import_folder": _("programme folder imported"),
    "create": pgettext_lazy("journal", "created"),
    "correct_attendance": pgettext_lazy("journal", "attendance corrected by hand"),
    "count_heads": pgettext_lazy("journal", "heads counted"),
    "enter_scores": pgettext_lazy("journal", "test scores entered"),
    "type_in": pgettext_lazy("journal", "names typed in"),
    "open_feedback": pgettext_lazy("journal", "link for feedback opened"),
    "close_feedback": pgettext_lazy("journal", "link for feedback withdrawn"),
    "give_feedback": pgettext_lazy("journal", "feedback given through a link"),
    "type_feedback": pgettext_lazy("journal", "feedback typed in"),
    "withdraw_feedback": pgettext_lazy("journal", "feedback left out"),
    "restore_feedback": pgettext_lazy("journal", "feedback let count again"),
    "change": pgettext_lazy("journal", "changed"),
    "remove": pgettext_lazy("journal", "removed"),
    "lay_down": _("files laid on the desk"),
    "set_sheet": _("what a list proves was said"),
    "correct": _("reading of a list corrected"),
    "say_who": _("said who somebody on a list is"),
    "take_off": _("file taken off the desk"),
    "discard": _("files put away"),
    "put_back": _("files taken out again"),
    "accept_sheets": _("lists let count"),
    "replace_sheet": _("sheet replaced by a corrected version"),
    "withdraw_sheets": _("sheets taken back"),
    "restore_sheets": _("sheets let count again"),
    "see_signatures": _("signatures looked at"),
    "decide": _("decision about two lines"),
    "take_away": _("a line taken away from a person"),
    "make_one": _("two people made one"),
    "all_one": _("many lines made one person"),
    "erase_person": _("person erased"),
    "take_back_said": _("what was said of a person taken back"),
    "merge_organisations": _("two organisations made one"),
    "part_organisations": _("organisations made one parted again"),
    "relink": _("lines linked anew"),
    "publish_results": _("report made"),
    "take_workbook": _("list of people taken as a workbook"),
    "freeze_edition": _("edition of the report frozen"),
    "publish_edition": _("edition published"),
    "withdraw_edition": _("edition withdrawn"),
    "add_template": _("template of reports added"),
    "invite": _("somebody invited"),
    "make_link": _("one-time link made"),
    "use_link": _("one-time link used"),
    "grant_role": _("role given"),
    "remove_role": _("role taken"),
    "close_account": _("account closed"),
    "open_account": _("account opened again"),
    "choose_language": _("language chosen"),
    "set_password": _("password changed"),
    "sign_in": _("signed in"),
    "sign_out": _("signed out"),
    "add_way_in": _("way to sign in added"),
    "remove_way_in": _("way to sign in removed"),
    "new_recovery_codes": _("recovery codes made anew"),
}
KIND: Final[Words] = {
    "programme": pgettext_lazy("kind of object", "programme"),
    "contract": pgettext_lazy("kind of object", "contract"),
    "organisation": pgettext_lazy("kind of object", "organisation"),
    "membership": pgettext_lazy("kind of object", "membership"),
    "expert": pgettext_lazy("kind of object", "expert"),
    "place": pgettext_lazy("kind of object", "place"),
    "facility": pgettext_lazy("kind of object", "facility"),
    "visit": pgettext_lazy("kind of object", "visit"),
    "delegate": pgettext_lazy("kind of object", "member of the delegation"),
    "event": pgettext_lazy("kind of object", "event"),
    "sheet": pgettext_lazy("kind of object", "sheet"),
    "document": pgettext_lazy("kind of object", "document"),
    "observation": pgettext_lazy("kind of object", "observation"),
    "recommendation_group": pgettext_lazy("kind of object", "area of advice"),
    "recommendation": pgettext_lazy("kind of object", "recommendation"),
    "action_point": pgettext_lazy("kind of object", "action point"),
    "proposal": pgettext_lazy("kind of object", "proposal"),
    "indicator": pgettext_lazy("kind of object", "indicator"),
    "statement": pgettext_lazy("kind of object", "statement"),
    "draft": pgettext_lazy("kind of object", "files on the desk"),
    "person": pgettext_lazy("kind of object", "person"),
    "line": pgettext_lazy("kind of object", "line"),
    "match": pgettext_lazy("kind of object", "pair of lines"),
    "edition": pgettext_lazy("kind of object", "report"),
    "account": pgettext_lazy("kind of object", "account"),
}
"""What the journal speaks of."""

ACCOUNT_ROLE: Final[Words] = {
    "administrator": _("Administrator"),
    "coordinator": _("Coordinator"),
    "expert": _("Expert"),
    "auditor": _("Funder or auditor"),
}

TABLES: Final[Mapping[str, Words]] = {
    "account_role": ACCOUNT_ROLE,
    "direction": DIRECTION,
    "event": EVENT_KIND,
    "role": ROLE,
    "status": STATUS,
    "stage": STAGE,
    "priority": PRIORITY,
    "response": RESPONSE,
    "organisation": ORGANISATION_KIND,
    "document": DOCUMENT_KIND,
    "verdict": VERDICT,
    "measure": MEASURE,
    "skipped": SKIPPED,
    "field": FIELD,
    "left_out": LEFT_OUT,
    "evidence_field": EVIDENCE_FIELD,
    "evidence_level": EVIDENCE_LEVEL,
    "rarity": RARITY,
    "band": BAND,
    "decision": DECISION,
    "via": VIA,
    "action": ACTION,
    "kind": KIND,
}
