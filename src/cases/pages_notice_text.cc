#include "cases/pages_notice_text.h"

#include "cases/pages_notice_parts.h"

namespace yimen::cases {

namespace {

using Sheet = NoticeSheet;

void receipt(Sheet& s) {
    s.paragraph(s.flag("corrected") ? "receipt_corrected" : "receipt");
    s.case_facts();
    s.received_materials();
    s.listed("exempt", "exempt");
    s.listed("later", "later");
    s.heading("what_follows");
    s.paragraph("receipt_next");
    s.paragraph("receipt_only");
}

// Art. 32(1)(4): everything at once; what is not listed counts as in order.
void correction(Sheet& s) {
    s.paragraph("correction");
    s.corrections();
    s.said("remark", "correction_remark");
    s.heading("correction_how");
    s.paragraph("correction_next");
    s.paragraph("correction_only");
}

void acceptance(Sheet& s) {
    s.paragraph(s.flag("late") ? "acceptance_late" : "acceptance");
    s.case_facts();
    s.heading("limits");
    s.limits();
    s.paragraph("limits_note");
}

// Art. 32(1)(1)–(2).
void no_acceptance(Sheet& s) {
    s.paragraph("no_acceptance");
    s.said("reason", "reasons");
    if (!s.text("right_authority").empty()) {
        s.heading("right_authority");
        s.paragraph("right_authority_text");
    }
    s.heading("remedies");
    s.paragraph("remedies_text");
}

void extension(Sheet& s) {
    s.paragraph("extension");
    s.said("reason", "reasons");
    s.heading("limits_new");
    s.limits();
    s.paragraph("extension_once");
}

void suspension(Sheet& s) {
    s.paragraph("suspension");
    s.said("reason", "reasons");
    s.heading("how_long");
    s.paragraph(s.has("expected_days") ? "suspension_days" : "suspension_open");
    s.paragraph("suspension_next");
}

void grant(Sheet& s) {
    s.paragraph("grant");
    if (s.has_term())
        s.paragraph("grant_decision_term");
    else if (s.cancels())
        s.paragraph("grant_decision_cancel");
    else
        s.paragraph("grant_decision");
    s.case_facts();
    s.said("reasons", "opinion");
    s.heading("what_follows");
    s.paragraph("grant_next");
}

// Art. 38(2): reasons, and the right to reconsideration or litigation.
void refusal(Sheet& s) {
    s.paragraph("refusal");
    s.paragraph("refusal_decision");
    s.said("reasons", "reasons");
    s.heading("remedies");
    s.paragraph("remedies_text");
    s.paragraph("refusal_again");
}

constexpr struct {
    std::string_view kind;
    void (*write)(Sheet&);
} kinds[] = {{"receipt", receipt},     {"correction", correction}, {"acceptance", acceptance}, {"no_acceptance", no_acceptance},
             {"extension", extension}, {"suspension", suspension}, {"grant", grant},           {"refusal", refusal}};

}  // namespace

std::string notice_title(const Notice& notice, Language language) { return web::words(language, "notices.title_" + notice.kind); }

document::Notice notice_text(const Notice& notice, const Case& file, const catalogue::ItemVersion& version, Language language) {
    Sheet sheet(notice, file, version, language);
    for (auto& one : kinds)
        if (one.kind == notice.kind) one.write(sheet);
    return std::move(sheet).finish();
}

}  // namespace yimen::cases
