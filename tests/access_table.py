"""Who may reach which address. The one table that the access matrix is held against.

Lists and empty forms show only what is one's own, so everybody of a role may open them, in whatever
organisation. What has a code in its address belongs to the municipality of the sample (`focal_point`,
`deputy`) or was sent to the `recipient`; a transfer was sent to the `other_focal_point`.
"""

MAY_BE_KEPT = {"house_colours"}
"""What holds nothing but colours, under an address that changes with them: a browser may keep it."""

ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed in"})
OWN_FOCAL = frozenset({"focal_point", "deputy"})
OTHER_FOCAL = frozenset({"other_focal_point"})
ANY_FOCAL = OWN_FOCAL | {"other_focal_point"}
ANY_PARTNER = frozenset({"recipient", "other_partner", "care_coordinator"})
CARE = frozenset({"care_coordinator"})
RECIPIENT = frozenset({"recipient"})
INSPECTOR = frozenset({"inspector"})
ADMINISTRATOR = frozenset({"administrator"})
PRIVACY = frozenset({"privacy_officer", "other_privacy_officer"})
MANAGERS = frozenset({"manager", "other_manager"})


def _named(who: frozenset[str], names: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), who)


MAY: dict[str, frozenset[str]] = {
    **_named(
        ANYONE,
        "help_request help_questions help_in help_wipe help_check help_where help_cards help_card help_topic "
        "language_cards language_cards_in language_card language_card_choose "
        "invitation healthz readyz home towns house_colours house_mark "
        "partner_check robots favicon security_txt change_password "
        "handbook help wipe leave language privacy accessibility report_start "
        "report_help report_mark advice receipt pickup pickup_sheet pickup_receipt pickup_file "
        "handbook_who handbook_numbers handbook_search handbook_partners handbook_partner handbook_points "
        "handbook_forms handbook_form handbook_sectors handbook_sector handbook_branches handbook_branch "
        "handbook_groups handbook_group handbook_moments handbook_moment handbook_cards handbook_card_role "
        "handbook_card_role_pdf handbook_card_form handbook_card_form_pdf handbook_counter handbook_barriers "
        "handbook_barrier_model handbook_barrier handbook_instrument handbook_headings handbook_heading "
        "care_files:calendar "
        "handbook_registers handbook_figures handbook_readers handbook_terms handbook_care",
    ),
    **_named(
        SIGNED_IN,
        "today more manual walk account own_absence choose_organisation own_roles draft report_draft "
        "report_finish",
    ),
    **_named(ANY_FOCAL | ANY_PARTNER, "search"),
    # Of the referral of the sample; other subjects ask the right of their own pages.
    **_named(OWN_FOCAL | RECIPIENT, "presence"),
    **_named(MANAGERS | PRIVACY, "overview"),
    **_named(MANAGERS, "escalation"),
    **_named(MANAGERS | ANY_PARTNER, "colleague_absence"),
    **_named(ANY_FOCAL | MANAGERS | ANY_PARTNER, "duty"),
    **_named(ADMINISTRATOR, "picket"),
    **_named(ADMINISTRATOR | MANAGERS | {"regional_coordinator"}, "house_style house_style_mark"),
    **_named(MANAGERS | ADMINISTRATOR, "hand_over"),
    **_named(ANY_FOCAL, "team"),
    **_named(ANY_FOCAL | MANAGERS, "assign_several"),
    **_named(OWN_FOCAL | {"manager"}, "assign_case assign_report"),
    **_named(ADMINISTRATOR, "manage_teams manage_team manage_pools"),
    **_named(ANY_FOCAL | MANAGERS | {"regional_coordinator"}, "region assurance:figures assurance:years"),
    **_named(CARE | {"regional_coordinator"}, "assurance:board assurance:one"),
    # Of the sample nothing ends: nobody was told so.
    **_named(frozenset(), "assurance:heard"),
    **_named(
        frozenset({"regional_coordinator"}),
        "assurance:record assurance:begin editing:overview editing:start editing:go_back editing:changes "
        "editing:offer editing:take_back editing:publish editing:catch_up editing:drop editing:attention "
        "editing:list editing:new editing:sheet editing:entry editing:check editing:take_out "
        "editing:put_back editing:review editing:send_back editing:look editing:page "
        "editing:unconfirmed editing:assign editing:ask",
    ),
    **_named(PRIVACY | MANAGERS | {"focal_point", "other_focal_point"}, "who_may"),
    **_named(PRIVACY, "who_looked who_looked_check who_looked_sample"),
    **_named(
        ADMINISTRATOR,
        "manage_organisations manage_organisation manage_people manage_person manage_keys running",
    ),
    **_named(
        ANY_FOCAL,
        "enter_report enter_draft cases:inbox cases:list referrals:sent_list "
        "referrals:partner_lists referrals:partner_list referrals:make_list exchanges:list",
    ),
    **_named(
        OWN_FOCAL,
        "cases:second_eyes cases:intake cases:ask cases:identity cases:advice cases:move_kind "
        "cases:attachment cases:original "
        "cases:second_eyes cases:stop_asking cases:read_message cases:look_along cases:intake cases:ask "
        "cases:identity "
        "cases:advice cases:move_kind cases:attachment "
        "cases:intake_earlier cases:case cases:picture cases:picture_earlier "
        "cases:weigh cases:enrich cases:earlier cases:copy cases:look_up "
        "cases:close cases:subject cases:observation cases:correct cases:note "
        "cases:track cases:track_open cases:track_close cases:message cases:due cases:due_of cases:wish "
        "cases:against_wish cases:reach cases:presence cases:plan cases:plan_fact "
        "cases:plan_action cases:plan_release cases:residents "
        "cases:measures cases:measure "
        "referrals:compose_all referrals:compose referrals:preview_all referrals:preview referrals:sent "
        "referrals:sent_sheet referrals:sent_file referrals:note_sent referrals:note_answer "
        "referrals:start_pickup referrals:reach_told "
        "referrals:remind referrals:answer_question referrals:recall referrals:let_stand "
        "referrals:close_unanswered referrals:stop_waiting referrals:handle_answer "
        "exchanges:hand_over exchanges:inquire "
        "exchanges:remind_transfer "
        "exchanges:recall_transfer exchanges:finish_transfer exchanges:handle_transfer "
        "exchanges:note_transfer_accepted exchanges:note_transfer_returned exchanges:transfer_sheet "
        "care:to_care care:recall_from_care care:take_over_from_care care:give_back_to_care",
    ),
    **_named(
        ANY_FOCAL,
        "exchanges:transfer exchanges:write_transfer exchanges:read_transfer exchanges:transfer_file",
    ),
    **_named(ANY_FOCAL | ANY_PARTNER, "exchanges:confirm_entry exchanges:own_number"),
    **_named(ANY_FOCAL | ANY_PARTNER | MANAGERS | frozenset({"regional_coordinator"}), "exchanges:directory"),
    **_named(frozenset({"regional_coordinator"}), "exchanges:check_silent"),
    **_named(ANY_PARTNER, "exchanges:questions exchanges:ask care_shares:supported"),
    # Of a request of a municipality that has something to ask further about: the sample's is a partner's.
    **_named(frozenset(), "exchanges:further_request"),
    # Of who works for care: the recipient of the sample does not.
    **_named(CARE, "handbook_consent"),
    # Asked by the recipient of the sample's municipality.
    **_named(OWN_FOCAL | RECIPIENT, "exchanges:request"),
    **_named(
        OWN_FOCAL,
        "exchanges:accept_request exchanges:answer_request exchanges:return_request "
        "exchanges:take_in_request",
    ),
    **_named(
        RECIPIENT,
        "exchanges:remind_request exchanges:recall_request exchanges:handle_request",
    ),
    **_named(OTHER_FOCAL, "exchanges:accept_transfer exchanges:return_transfer"),
    **_named(INSPECTOR | ANY_FOCAL, "visits:own_list visits:plan visits:plan_list"),
    **_named(INSPECTOR | ANY_FOCAL, "visits:own visits:carry_out visits:withdraw visits:hear"),
    **_named(ANY_FOCAL, "visits:waiting visits:release_together visits:wait_requests visits:note"),
    **_named(
        OWN_FOCAL,
        "visits:visit visits:release visits:take_back visits:consult visits:ask_asker "
        "visits:at_case visits:wait_request visits:read visits:consult_after "
        "visits:ask_after visits:note_lift",
    ),
    **_named(ANY_PARTNER, "visits:asked visits:ask"),
    **_named(
        frozenset({"other_partner"}),
        "visits:asked_wait_request visits:lift visits:anew visits:answer_as_asker",
    ),
    **_named(MANAGERS, "visits:decisions"),
    **_named(frozenset({"manager"}), "visits:overrule"),
    **_named(ANY_FOCAL | CARE, "care:shared"),
    **_named(ANY_PARTNER, "referrals:received_list referrals:done_list signal"),
    **_named(
        CARE,
        "care:list care:request care:attachment care:original "
        "care:take_in care:take_on care:hear care:advise care:ask_back care:tell "
        "care:note_attempt care:close care:take_over care:give_back care:to_municipality "
        "care:recall_from_municipality "
        "care:open_file care_files:file care_files:write care_files:add_rule "
        "care_files:end_rule care_files:stop care_files:note_contact care_files:close care_files:lawyer "
        "care_files:saw_put_back "
        "care_files:ask care_files:share care_files:take_back care_files:take_back_several "
        "care_files:note_removal "
        "care_files:export care_files:look_along care_files:child_route care_files:plan_aftercare "
        "care_files:note_aftercare care_files:write_age care_files:talk_of_18 care_files:stay "
        "care_files:make_appointment care_files:move_appointment care_files:end_appointment "
        "care_files:reminded care_files:give_appointment care_files:registration "
        "care_files:part care_files:part_row care_files:take_away care_files:settle care_files:share_for "
        "care_files:send care_files:copies care_files:mediate "
        "care_files:share_against care_files:look_against care_files:note_went care_files:note_told "
        "care_files:documents care_files:keep_document care_files:take_away_document",
    ),
    # A copy is there for who made it that day: the sample has none, and no documents.
    **_named(
        frozenset(),
        "care_files:copy care_files:copy_pdf care_files:document_page care_files:take_document",
    ),
    # Of what care shares, by two who are not the people of the sample.
    **_named(
        frozenset(),
        "care_shares:care_share care_shares:recall_share care_shares:note_reply care_shares:accept_share "
        "care_moves:care_move care_moves:recall_move care_moves:note_move care_moves:accept_move "
        "care_moves:give_back_move "
        "care_shares:answer_share care_shares:keep_number care_shares:decline_share care_shares:ask_first "
        "care_shares:note_told care_shares:note_contact_read "
        "shelter:hotel_ask shelter:answer_hotel shelter:recall_hotel shelter:note_hotel",
    ),
    **_named(ANY_PARTNER, "care_files:agenda care_files:make_feed care_files:stop_feed care_files:moving"),
    # Where nobody asked to go back to the thin file there is no such page, and only care has that choice.
    **_named(frozenset(), "care_files:back care_files:mode"),
    **_named(ANY_PARTNER, "care_files:take_whole care_files:delete_whole"),
    **_named(
        CARE,
        "shelter:start shelter:search shelter:address shelter:night shelter:offer shelter:place "
        "shelter:refused shelter:declined shelter:go_on shelter:extend shelter:leave shelter:hotel "
        "shelter:hold shelter:end shelter:withdraw shelter:gone shelter:called shelter:too_late "
        "shelter:said_so",
    ),
    **_named(
        RECIPIENT,
        "referrals:received referrals:received_sheet referrals:received_file referrals:accept "
        "referrals:give_back referrals:ask referrals:take referrals:reach_read referrals:reference "
        "referrals:feed_back",
    ),
}
