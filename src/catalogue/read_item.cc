#include "catalogue/read_item.h"

#include "base/codes.h"
#include "catalogue/item_rules.h"
#include "catalogue/standard_form.h"

namespace yimen::catalogue {

namespace {

// What form a material may take, where the file does not say it in words of its own.
Text format_words(const Material& m) {
    Text words = m.kind == "original" ? Text{"原件", "Original"}
                 : m.kind == "copy"   ? Text{"复印件", "Copy"}
                                      : Text{"原件或复印件", "Original or copy"};
    if (m.medium == "paper") words = {words.zh + "（纸质）", words.en + " (paper)"};
    if (m.medium == "electronic") words = {words.zh + "（电子）", words.en + " (electronic)"};
    return words;
}

// Kind, medium and source as the national list of materials has them (material_type, material_format, source_type).
void read_kind(Reader& r, Material& m) {
    m.kind = r["kind"].one_of<std::string>({{"original", "original"}, {"copy", "copy"}, {"original_or_copy", "original_or_copy"}},
                                           "original_or_copy");
    m.medium = r["medium"].one_of<std::string>({{"paper", "paper"}, {"electronic", "electronic"}, {"either", "either"}}, "either");
    const bool held = !m.exempt_source.empty() && m.exempt_source != "form";
    m.source = r["source"].one_of<std::string>({{"applicant", "applicant"}, {"government", "government"}, {"other", "other"}},
                                               held ? "government" : "applicant");
    m.from_item = r["from_item"].text("");
    if (auto format = r["format"]; format.there())
        m.format = format.words();
    else
        m.format = format_words(m);
}

Material read_material(Reader r) {
    Material m;
    m.code = r["code"].text();
    m.name = r["name"].words();
    m.explanation = r["explanation"].words();
    m.file_types = r["file_types"].texts();
    if (m.file_types.empty()) m.file_types = {"pdf", "png", "jpeg"};
    m.copies = static_cast<int>(r["copies"].number(1, 20, 1));
    m.exempt_source = r["exempt_source"].text("");
    m.exempt_because = r["exempt_because"].words(!m.exempt_source.empty());
    m.legal_basis = r["legal_basis"].words(false);
    read_kind(r, m);
    for (auto& type : m.file_types)
        if (type != "pdf" && type != "png" && type != "jpeg")
            r.fault(fmt::format("file type \"{}\" cannot be received; it may be pdf, png, jpeg", type));
    r.done();
    return m;
}

calendar::Limit read_limit(Reader r) {
    calendar::Limit limit{static_cast<int>(r["days"].number(0, 365)), r["working_days"].flag(true)};
    r.done();
    return limit;
}

Situation read_situation(Reader r) {
    Situation s;
    s.name = r["name"].text();
    s.title = r["title"].words();
    if (auto fee = r["fee"]; fee.there()) s.fee = fee.yuan();
    s.promised = read_limit(r["promised"]);
    s.statutory = read_limit(r["statutory"]);
    s.on_the_spot = r["on_the_spot"].flag(false);
    s.review_plan = r["review_plan"].one_of<std::string>(
        {{"sole", "sole"}, {"examiner_verifier", "examiner_verifier"}, {"three_level", "three_level"}}, "three_level");
    if (s.on_the_spot && s.review_plan == "three_level") r.fault("what is decided on the spot needs review_plan sole or examiner_verifier");
    if (s.promised.working_days == s.statutory.working_days && s.promised.days > s.statutory.days)
        r.fault("promised is longer than statutory: a promise may only be shorter");
    r.done();
    return s;
}

std::string text_in(const Piece& piece) {
    auto* text = piece.value ? piece.value->if_string() : nullptr;
    return text ? std::string(std::string_view(*text)) : std::string();
}

// The department's own apply to all its items, unless an item says otherwise.
void read_contact(Reader& r, ItemVersion& item, bool last) {
    for (auto [name, text] :
         {std::pair{"where", &item.where}, {"hours", &item.hours}, {"phone", &item.phone}, {"complaint", &item.complaint}})
        if (auto part = r[name]; part.there() || (last && text->zh.empty())) *text = part.words();
}

void read_words(Reader& r, ItemVersion& item) {
    item.name = r["name"].words();
    item.summary = r["summary"].words();
    item.for_whom = r["for_whom"].words();
    item.conditions = r["conditions"].words();
    item.result_name = r["result_name"].words();
    read_contact(r, item, true);
    item.words = r["words"].texts();
    for (auto& step : r["steps"].list()) item.steps.push_back(step.words());
    for (auto& part : r["legal_basis"].list()) {
        Reader basis = part;
        item.legal_basis.push_back({basis["title"].words(), basis["article"].words(false), basis["text"].words(false)});
        basis.done();
    }
    for (auto& part : r["faqs"].list()) {
        Reader faq = part;
        item.faqs.push_back({faq["question"].words(), faq["answer"].words()});
        faq.done();
    }
}

void read_task_code(Reader r, ItemVersion& item) {
    // 4: exercised by a county or district.
    if (!r.there()) {
        item.task_code = item.authority_credit_code + "4" + item.catalogue_code;
        return;
    }
    item.task_code = r.text();
    if (auto code = TaskCode::parse(item.task_code); !code)
        r.fault(describe(code.error(), Language::en));
    else if (!item.task_code.starts_with(item.authority_credit_code) || !item.task_code.ends_with(item.catalogue_code))
        r.fault("must be the department's credit code, the level and the catalogue code, one after the other");
}

void read_codes(Reader& r, ItemVersion& item) {
    item.item = r["item"].text();
    item.family = r["family"].text("");
    item.variant = r["variant"].one_of<std::string>({{"new", "new"},
                                                     {"change", "change"},
                                                     {"renewal", "renewal"},
                                                     {"replacement", "replacement"},
                                                     {"cancellation", "cancellation"},
                                                     {"other", "other"}},
                                                    "other");
    item.version = static_cast<int>(r["version"].number(1, 9999, 1));
    auto from = r["from"];
    if (auto date = parse_date(from.text("2026-01-01")))
        item.from = *date;
    else
        from.fault("must be a date such as 2026-01-01");
    item.catalogue_code = r["catalogue_code"].text();
    read_task_code(r["task_code"], item);
    item.item_type = r["item_type"].one_of<std::string>({{"01", "01"},
                                                         {"02", "02"},
                                                         {"03", "03"},
                                                         {"04", "04"},
                                                         {"05", "05"},
                                                         {"06", "06"},
                                                         {"07", "07"},
                                                         {"08", "08"},
                                                         {"09", "09"},
                                                         {"10", "10"},
                                                         {"20", "20"}});
    item.project_type = r["project_type"].one_of<std::string>({{"", ""}, {"1", "1"}, {"2", "2"}, {"9", "9"}}, "");
}

void read_offer(Reader& r, ItemVersion& item) {
    item.themes = r["themes"].texts();
    item.life_events = r["life_events"].texts();
    item.applicants = r["applicants"].there() ? r["applicants"].texts() : std::vector<std::string>{"person", "organisation"};
    item.popularity = static_cast<int>(r["popularity"].number(0, 100, 0));
    item.licence_type = r["licence_type"].text("");
    using enum LicenceEffect;
    item.licence_effect = r["licence_effect"].one_of<LicenceEffect>({{name(newly), newly},
                                                                     {name(change), change},
                                                                     {name(renewal), renewal},
                                                                     {name(replacement), replacement},
                                                                     {name(cancellation), cancellation}},
                                                                    newly);
    item.licence_years = static_cast<int>(r["licence_years"].number(0, 100, 0));
    auto channels = r["channels"];
    item.channels = channels.there() ? channels.texts() : std::vector<std::string>{"online", "window", "kiosk"};
    item.visits = static_cast<int>(r["visits"].number(0, 10, 1));
    item.acceptance_days = static_cast<int>(r["acceptance_days"].number(0, 30, 5));
    item.booking = r["booking"].flag(true);
    item.self_service = r["self_service"].flag(false);
    item.handle_area = r["handle_area"].one_of<std::string>({{"district", "district"}, {"city", "city"}, {"region", "region"}}, "district");
    item.fee_basis = r["fee_basis"].words(false);
    item.quantity_limit = r["quantity_limit"].words(false);
    item.special_procedure = r["special_procedure"].words(false);
}

// 即办件 where every situation is decided on the spot, 承诺件 otherwise, where the file does not say it.
void derive_project_type(ItemVersion& item) {
    if (item.project_type.empty()) item.project_type = std::ranges::all_of(item.situations, &Situation::on_the_spot) ? "1" : "2";
}

void read_department(const Piece& piece, std::vector<Fault>& faults, ItemVersion& item) {
    Reader r(piece, faults);
    item.department = r["department"].text();
    item.authority = r["name"].words();
    auto code = r["credit_code"];
    item.authority_credit_code = code.text();
    if (auto parsed = CreditCode::parse(item.authority_credit_code); !parsed) code.fault(describe(parsed.error(), Language::en));
    r["order"].number(0, 1000, 0);
    read_contact(r, item, false);
    r.done();
}

}  // namespace

std::vector<Choice> read_choices(const Reader& list) {
    std::vector<Choice> choices;
    for (auto& part : list.list()) {
        Reader r = part;
        choices.push_back({r["value"].text(), r["label"].words(), r["hint"].words(false)});
        r.done();
    }
    return choices;
}

Question read_question(Reader r) {
    using Kind = Question::Kind;
    Question q;
    q.name = r["name"].text();
    q.label = r["label"].words();
    q.hint = r["hint"].words(false);
    q.kind = r["kind"].one_of<Kind>({{"choice", Kind::choice}, {"number", Kind::number}, {"yes_no", Kind::yes_no}});
    q.choices = read_choices(r["choices"]);
    q.unit = r["unit"].words(q.kind == Kind::number);
    q.whole = q.kind == Question::Kind::number && r["whole"].flag(false);
    if ((q.kind == Kind::choice) != (q.choices.size() >= 2))
        r.fault("a question of kind choice needs two choices or more, and no other kind may have any");
    r.done();
    return q;
}

ItemVersion read_item(const ItemPieces& pieces, std::vector<Fault>& faults) {
    const size_t before = faults.size();
    ItemVersion item;
    read_department(pieces.department, faults, item);
    Reader r(pieces.item, faults);
    read_codes(r, item);
    read_offer(r, item);
    read_words(r, item);
    for (auto& part : r["questions"].list()) item.questions.push_back(read_question(part));
    for (auto& part : r["materials"].list()) item.materials.push_back(read_material(part));
    for (auto& part : r["situations"].list()) item.situations.push_back(read_situation(part));
    derive_project_type(item);
    r.done();
    item.rules = std::make_shared<const ItemRules>(text_in(pieces.rules));
    if (pieces.form.value)
        item.form = read_form(pieces.form, item.questions, faults);
    else if (item.online())
        item.form = standard_form(item.applicants);
    // Cross-checks on half-read parts would only repeat the faults found above.
    if (faults.size() == before) {
        check_item(item, pieces.item, pieces.form, faults);
        check_offer(item, pieces.item, faults);
    }
    return item;
}

}  // namespace yimen::catalogue
