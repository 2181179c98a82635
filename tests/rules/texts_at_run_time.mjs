// Keys that the program puts together while it runs: what stands for the * of each, as words or as a table of the sources
// ({file, from, to}: every quoted word between two places; each: what a pattern finds there instead; with: the words of a second *;
// {any}: whatever texts there are, where the program falls back to something else, and to what).
const notices = [...["applying", "window", "deciding"].map((name) => ({ file: `src/cases/${name}.cc`, each: /notice_of\(\s*[\w>.-]+,\s*"(\w+)"/g })), "grant", "refusal"];
const states = { file: "src/cases/life_cycle.cc", from: "state_names[] = {", to: "};" };
const refusals = { file: "src/cases/acts.cc", from: "refusal_codes[] = {", to: "};" };
const licence_states = { file: "src/licences/licences.cc", from: "status_names[] = {", to: "};" };

export const madeAtRunTime = {
  "site.role_*": [{ file: "src/identity/policy.cc", from: "role_names[] = {", to: "};" }],
  "site.error_*": [{ file: "src/identity/context_routes.cc", from: "codes{", to: "};" }, "broken"],
  "identity.act_*": [{ file: "src/identity/register.cc", from: "authorised_acts() {", each: /Act::(\w+)/g }],
  "identity.demo_*_*": [{ file: "src/identity/demo.cc", from: "DemoIdentity all[] =", to: "};", each: /\{"(\w+)"/g, with: ["role", "try"] }],
  "identity.error_*": ["sign_in_wrong", "sign_in_too_many", "sign_in_no_mandate", "sign_in_unavailable"],
  "identity.error_sign_in_*": [{ file: "src/identity/pages_door.cc", each: /case Door::Refusal::\w+:\s+return "(\w+)"/g }, "empty"],
  "identity.error_password_*": [{ file: "src/identity/accounts.cc", each: /case PasswordRefusal::\w+:\s+return "(\w+)"/g }, "too_many", "repeat"],
  "identity.error_staff_*": [{ file: "src/identity/register.cc", each: /case StaffRefusal::\w+:\s+return "(\w+)"/g }],
  "window.error_*": [refusals, "decision_missing", "days_wrong"],
  "window.error_help_*": ["number_missing", "name_missing", "phone_wrong", "code_missing", "organisation_missing", "other_name", "other_organisation", "letter_missing", "organisation_ended"],
  "window.state_*": [states],
  "window.event_*": [{ file: "src/cases/life_cycle.cc", from: "event_names[] = {", to: "};" }, "begin", "reveal", "look_at_licence", "issue", "change", "renewal", "replacement", "cancellation"],
  "window.light_*": [{ file: "src/cases/pages_staff_list.cc", from: "lights[] = {", to: "}" }, "paused"],
  "window.need_*": [{ file: "src/cases/pages_staff_case.cc", from: "needs[] = {", to: "}" }],
  "window.notice_*": notices,
  "window.due_*": ["late", "soon"],
  "window.limit_*": [{ file: "src/cases/pages_case_parts.cc", each: /limit_view\(c, "(\w+)"/g }],
  "window.channel_*": ["online", "window"],
  "window.*": ["yes", "no"],
  "cases.error_*": [refusals],
  "cases.error_file_*": [{ file: "src/cases/pages_form_materials.cc", from: "codes[] = {", to: "}" }, { file: "src/cases/pages_form_materials.cc", each: /refused\.push_back\(\{"", "(\w+)"/g }, "other_type"],
  "cases.stage_*": [{ file: "src/cases/pages_applicant_case.cc", from: "stages[] = {", to: "};", each: /\{"(\w+)"/g }],
  "cases.step_*": [{ file: "src/cases/pages_form_filling.cc", each: /(?:return|\? "\w+" :) "(\w+)";/g }, "mended", "blocked", "ready"],
  "cases.next_*": [states],
  "cases.notification_*": notices,
  "licences.status_*": [licence_states],
  "licences.sentence_*": [licence_states],
  "licences.verdict_*": [licence_states, "altered"],
  "licences.do_*": ["renewal", "change", "replacement", "cancellation"],
  "issuing.how_*": ["window", "courier", "download"],
  "window.*_*": [{ any: "the word of the ledger itself" }],
  "audit.fact_*": [{ any: "the word of the ledger itself" }],
  "issuing.error_*": ["received_by", "how"],
  "notices.title_*": notices,
  "notices.*": [
    { file: "src/cases/pages_notice_text.cc", each: /(?<=(?:heading|paragraph)\(|\? "\w+" : |paragraph\(s\.\w+\("\w+"\) \? |(?:said|listed)\("\w+", )"(\w+)"/g },
    { file: "src/cases/pages_notice_parts.cc", each: /\b(?:words|fact|heading)\("(\w+)"(?! \+)/g },
    { file: "src/cases/pages_notice_verify.cc", each: /"(step_\w+)"/g },
    { file: "src/cases/pages_notice_verify.cc", from: "std::string outcome =", to: ";" },
    "limit_promised", "limit_statutory", "channel_online", "channel_window", "head_exempt", "head_later"],
  "notices.*_text": [{ file: "src/cases/pages_notice_verify.cc", from: "std::string outcome =", to: ";" }],
  "editing.error_*": [{ file: "src/editing/acts.cc", from: "refusal_codes[] = {", to: "};" }, "names_missing", "day_wrong", "import_same_person", "import_not_now", "import_changed"],
  "editing.wrong_*": [{ any: "mistakes of a box, named where they are found" }],
  "editing.in_*": ["zh", "en"],
  "editing.import_state_*": [{ file: "src/editing/importing.cc", from: "names[] = {", to: "};" }],
  "editing.import_text_*": [{ file: "src/editing/importing.cc", from: "names[] = {", to: "};" }],
  "editing.import_kind_*": ["fault", "new", "next"],
  "editing.import_*": ["table", "row", "column", "value", "what_to_do"],
  "editing.boxes_*": [{ file: "src/editing/parts.cc", each: /grouped\("(\w+)"/g }, { file: "src/editing/parts_form.cc", each: /grouped\("(\w+)"/g }],
  "editing.condition_*": ["true", "false", "when"],
  "editing.option_fields_*": [{ any: "the option of whichever box" }],
  "editing.option_*_*": [{ any: "the option of whichever box" }],
  "editing.box_*_*": [{ any: "the label of every box" }],
  "editing.hint_*_*": [{ any: "no hint" }],
  "editing.hint_*": [{ any: "no hint" }],
  "editing.intro_*": [{ any: "no introduction" }],
  "editing.act_*": [{ any: "the word itself" }],
  "editing.box_*": [{ any: "the word itself" }],
  "editing.change_*": [{ any: "the word itself" }],
  "editing.decision_*": [{ any: "the word itself" }],
  "editing.group_*": [{ any: "the word itself" }],
  "editing.option_*": [{ any: "the word itself" }],
  "editing.outcome_*": [{ any: "the word itself" }],
  "editing.output_*": [{ any: "the word itself" }],
  "editing.part_*": [{ any: "the word itself" }],
  "editing.policy_*": [{ any: "the word itself" }],
  "editing.state_*": [{ any: "the word itself" }],
  "editing.task_*": [{ any: "the word itself" }],
  "catalogue.error_computed_*": ["fee", "promised_days"],
  "catalogue.*": [{ file: "src/catalogue/pages_notice.cc", each: /(?:in_words\(language|add\(|heading\(language), ?"(\w+)"/g },
    { file: "src/catalogue/pages_notice.cc", each: /\badd\("(\w+)"/g }, "why_exempt", "how_to_prepare"],
};

// English texts that must hold Chinese, and why.
export const mayHoldChinese = new Map([
  ["site.other_lang", "the name of the other language"],
  ["identity.demo_lina_try", "the registered name of a company"],
]);

// Written ahead of the pages that will show them. As soon as one is used, or gone, its line here has to go too.
export const ahead = {
  "catalogue.track*": "the way from the home page to one's applications",
  "catalogue.verify*": "the way from the home page to the verification of licences",
};
