"""Who may enter where: a row for every address, written by hand; a test tries each with everybody.

A row is OPEN (anybody), SIGNED (anybody signed in) or the letters of the duties that may enter:
R regional coordinator, M municipal coordinator, H head of the centre, C curator, S school coordinator,
E expert.
"""

OPEN, SIGNED = "open", "signed in"

LETTERS = {
    "R": "regional_coordinator",
    "M": "municipal_coordinator",
    "H": "head",
    "C": "curator",
    "S": "school_coordinator",
    "E": "expert",
}

ALL = "RMHCSE"

MATRIX: dict[str, str] = {
    # portal
    "portal:front": OPEN,
    "portal:place": OPEN,
    "portal:public_roadmap": OPEN,
    "portal:public_line": OPEN,
    "portal:data_csv": OPEN,
    "portal:data_json": OPEN,
    "portal:public_document_list": OPEN,
    "portal:public_document": OPEN,
    "portal:public_file": OPEN,
    "portal:news_atom": OPEN,
    "portal:news_rss": OPEN,
    "portal:accessibility": OPEN,
    "portal:personal_data": OPEN,
    # accounts
    "account_login": OPEN,
    "mfa_authenticate": OPEN,
    "account_logout": OPEN,
    "account_reset_password": OPEN,
    "account_reset_password_from_key": OPEN,
    "accounts:password_sent": OPEN,
    "accounts:invitation": OPEN,
    "accounts:account": SIGNED,
    "accounts:consent": SIGNED,
    "accounts:sign_out_everywhere": SIGNED,
    "accounts:second_step_drawing": SIGNED,
    "account_change_password": SIGNED,
    "account_reauthenticate": SIGNED,
    "mfa_activate_totp": SIGNED,
    "mfa_deactivate_totp": SIGNED,
    "mfa_view_recovery_codes": SIGNED,
    "mfa_generate_recovery_codes": SIGNED,
    # plans
    "plans:chosen_roadmap": ALL,
    "plans:roadmap": ALL,
    "plans:line": ALL,
    "plans:printed": ALL,
    "plans:responsible": "M",
    "plans:release": "M",
    # dashboard
    "dashboard:today": SIGNED,
    # indicators
    "indicators:rule": "M",
    "indicators:excuse": "M",
    "indicators:excuse_end": "M",
    # imports: loading of orders
    "imports:uploads": "M",
    "imports:review": "M",
    "imports:order": "M",
    "imports:term": "M",
    "imports:add": "M",
    "imports:line": "M",
    "imports:remove": "M",
    "imports:remark": "M",
    "imports:adopt": "M",
    "imports:discard": "M",
    "imports:reopen": "M",
    "imports:original": "M",
    "imports:difference": "M",
    "imports:amendment": ALL,
    # documents
    "documents:document_list": ALL,
    "documents:document_add": "MCS",
    "documents:document": ALL,
    "documents:document_edit": "MCS",
    "documents:document_send": "MCS",
    "documents:document_approve": "MH",
    "documents:document_return": "MH",
    "documents:approval_recall": "MH",
    "documents:document_publish": "MH",
    "documents:publication_take_down": "MH",
    "documents:version_add": "MCS",
    "documents:file": ALL,
    "documents:signature": ALL,
    "documents:signature_add": "MCS",
    "documents:word_list": ALL,
    "documents:word_add": "MCS",
    "documents:word_confirm": "MH",
    "documents:word_withdraw": "MCS",
    # reports
    "reports:reports": "RMH",
    "reports:report": "RMH",
    "reports:download": "RMH",
    "reports:words": "MH",
    "reports:freeze": "MH",
    "reports:issue": "RMH",
    "reports:publish": "MH",
}
