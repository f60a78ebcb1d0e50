"""Every page of the website, by the name of its address."""

from django.urls import get_resolver

PAGES = {
    "overview": "",
    "results": "results/",
    "figure": "results/trained/",
    "counted": "results/trained/people/?contract=lv79",
    "left-out": "results/trained/left-out/",
    "statements": "statements/",
    "statement": "statements/said-1/",
    "doubts": "doubts/",
    "counting": "how-we-count/",
    "contracts": "contracts/",
    "contract": "contracts/lv79/",
    "visits": "visits/",
    "visit": "visits/visit-1/",
    "events": "events/",
    "event": "events/event-1/",
    "people": "people/",
    "person": "people/{key}-p00001/",
    "organisations": "organisations/",
    "spellings": "spellings/",
    "organisation": "organisations/water/",
    "recommendations": "recommendations/",
    "proposals": "proposals/",
    "sheets": "sheets/",
    "sheet": "sheets/sheet-0/",
    "documents": "documents/",
    "journal": "journal/",
    "attendance": "events/event-1/attendance/",
    "scores": "events/event-1/scores/",
    "feedback": "events/event-1/feedback/",
    "reports": "reports/",
    "report-templates": "reports/templates/",
    "search": "search/",
    "expert": "experts/expert-1/",
    "audit": "audit/lv79/",
    "audit-figure": "audit/lv79/results/trained/",
    "audit-left-out": "audit/lv79/results/trained/left-out/",
    "audit-event": "audit/lv79/events/event-1/",
    "audit-sheet": "audit/lv79/sheets/sheet-0/",
}
CHANGES: dict[str, str] = {
    "work": "under-way/0000/",
    "work-progress": "under-way/0000/progress/",
    "add-template": "reports/templates/add/",
    "freeze": "reports/freeze/",
    "publish-edition": "reports/editions/1/publish/",
    "withdraw-edition": "reports/editions/1/withdraw/",
    "desk": "desk/",
    "desk-draft": "desk/0000/",
    "desk-progress": "desk/0000/progress/",
    "desk-back": "desk/0000/back/",
    "desk-withdraw": "desk/0000/take-back/",
    "desk-restore": "desk/0000/count-again/",
    "signatures": "sheets/sheet-0/signatures/",
    "sheet-replace": "sheets/sheet-0/replace/",
    "sheet-withdraw": "sheets/sheet-0/take-back/",
    "sheet-restore": "sheets/sheet-0/count-again/",
    "decide": "doubts/decide/",
    "undo-decision": "doubts/{key}-0-0/{key}-1-0/undo/1/",
    "all-one": "doubts/all-one/{key}-l00001/",
    "erase-person": "people/{key}-p00001/erase/",
    "take-away": "people/{key}-p00001/take-away/",
    "make-one": "people/{key}-p00001/the-same-as/",
    "take-back-said": "people/take-back/1/",
    "claim": "spellings/0123456789abcdef/",
    "merge": "organisations/water/the-same-as/",
    "part-organisations": "organisations/part/1/",
    "writing": "write/",
    "programme-replace": "write/folder/",
    "heads": "events/event-1/attendance/heads/",
    "scores-enter": "events/event-1/scores/enter/",
    "feedback-link": "events/event-1/feedback/link/",
    "feedback-close": "events/event-1/feedback/link/0000/close/",
    "feedback-type": "events/event-1/feedback/type-in/",
    "feedback-leave-out": "events/event-1/feedback/answers/0000/leave-out/",
    "feedback-table": "events/event-1/feedback/table/",
    "feedback-columns": "events/event-1/feedback/table/0000/",
    "feedback-undo": "events/event-1/feedback/undo/1/",
    "type-in": "events/event-1/type-in/",
    "typed-row": "events/event-1/type-in/0/",
    "known-people": "events/event-1/type-in/known/",
    "attendance-line": "events/event-1/attendance/of/{key}-0-1/",
    "attendance-several": "events/event-1/attendance/several/",
    "attendance-undo": "events/event-1/attendance/undo/1/",
    "writing-kind": "write/visit/",
    "writing-new": "write/visit/new/",
    "writing-thing": "write/visit/at/visit-1/",
    "take-back": "write/take-back/1/",
}
"""Pages that change something, below the programme: for administrators and coordinators with an account."""
NO_PAGES = {
    "scan-page",
    "home",
    "line",
    "file",
    "image",
    "edition-file",
    "report-preview",
    "report-made",
    "journal-table",
    "people-workbook",
    "counted-workbook",
    "suggestions",
    "audit-line",
    "audit-file",
    "audit-image",
}
"""Addresses that lead elsewhere or hand out a file."""
DOORS = {
    "account_login": "sign-in/",
    "account_reset_password": "sign-in/lost/",
    "account_inactive": "sign-in/closed/",
    "link": "link/",
}
"""Pages anybody may open, below ``-/``."""
STEPS = {
    "account_request_login_code", "account_confirm_login_code", "mfa_authenticate", "mfa_login_webauthn",
    "account_signup", "link-open", "link-use", "feedback-give", "feedback-thanks",
}  # fmt: skip
"""Doors that show themselves on the way only."""
OWN = {
    "mfa_index": "account/",
    "mfa_list_webauthn": "account/passkeys/",
    "mfa_add_webauthn": "account/passkeys/add/",
    "mfa_activate_totp": "account/app/",
    "account_change_password": "account/password/",
    "account_reauthenticate": "again/password/",
}
"""Pages of one's own account."""
OWN_STEPS = {
    "account_logout", "mfa_remove_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
"""Pages of one's own account that need something to be there first."""
ADMINISTRATION = {
    "accounts": "accounts/",
    "account": "accounts/{account}/",
    "programme-new": "programmes/new/",
    "programme-upload": "programmes/upload/",
    "whole-journal": "journal/",
    "whole-journal-table": "journal/table/",
}
ADMINISTRATION_STEPS = {"new-work", "new-work-progress"}
"""Pages of administration that need something to be there first."""
ACCOUNTS = {*DOORS, *STEPS, *OWN, *OWN_STEPS, *ADMINISTRATION, *ADMINISTRATION_STEPS}
CODES = ("lv", "en", "ru", "uz", "uz-cyrl")


def address(name: str, *, programme: str, code: str = "en") -> str:
    return f"/{code}/{programme}/{PAGES[name].format(key=programme)}"


def named_addresses() -> set[str]:
    """The names of all addresses there are."""
    found: set[str] = set()
    for pattern in get_resolver().url_patterns:
        found |= {inner.name for inner in getattr(pattern, "url_patterns", [])}
    return found
