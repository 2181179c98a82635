#include "cases/pages_notice_parts.h"

#include "cases/pages_notice_text.h"

namespace yimen::cases {

namespace {

std::string text_in(const boost::json::object& o, std::string_view key) {
    auto* value = o.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

const boost::json::array& array_in(const boost::json::object& o, std::string_view key) {
    static const boost::json::array nothing;
    auto* value = o.if_contains(key);
    return value && value->is_array() ? value->as_array() : nothing;
}

std::string size_of(const boost::json::value* bytes) {
    auto size = bytes && bytes->is_int64() ? bytes->as_int64() : 0;
    return size < 1 << 20 ? fmt::format("{} KB", (size + 1023) >> 10) : fmt::format("{:.1f} MB", static_cast<double>(size) / (1 << 20));
}

// "一、二、三" is for people; lists here are counted in plain figures.
std::string counted(size_t row) { return fmt::format("{}", row + 1); }

}  // namespace

NoticeSheet::NoticeSheet(const Notice& notice, const Case& file, const catalogue::ItemVersion& version, Language language)
    : notice_(notice), content_(notice.content), case_(file), version_(version), language_(language) {
    made_.language = language;
    made_.authority = made_.signed_by = version.authority.in(language);
    made_.seal = version.authority.zh;
    made_.title = notice_title(notice, language);
    made_.made_at = notice.made_at;
    made_.place_and_date = for_people(shanghai_date(notice.made_at), language);
    values_ = values();
    made_.number = words("number_line");
    made_.addressee = words("addressee");
}

bool NoticeSheet::flag(std::string_view key) const {
    auto* value = content_.if_contains(key);
    return value && value->is_bool() && value->as_bool();
}

std::string NoticeSheet::text(std::string_view key) const { return text_in(content_, key); }

std::string NoticeSheet::words(std::string_view key) const { return web::words(language_, fmt::format("notices.{}", key), values_); }

std::string NoticeSheet::day(std::string_view key) const {
    auto date = parse_date(text(key));
    return date ? for_people(*date, language_) : "";
}

std::string NoticeSheet::material(std::string_view code) const {
    auto* found = version_.material(code);
    return found ? found->name.in(language_) : std::string(code);
}

// "和《…》第二十一条、第二十二条": the item's own basis, each law once with its articles. The Administrative License Law stands in the
// texts already.
std::string NoticeSheet::basis() const {
    auto comma = web::words(language_, "notices.comma");
    std::vector<std::pair<std::string, std::string>> laws;
    for (auto& one : version_.legal_basis) {
        if (one.title.zh.find("行政许可法") != std::string::npos || one.article.zh.empty()) continue;
        auto& title = one.title.in(language_);
        auto& article = one.article.in(language_);
        if (!laws.empty() && laws.back().first == title)
            laws.back().second += comma + article;
        else
            laws.emplace_back(title, article);
    }
    std::string all;
    for (auto& [title, article] : laws)
        all += (all.empty() ? "" : comma) + web::words(language_, "notices.basis_one", {{"title", title}, {"article", article}});
    return all.empty() ? "" : web::words(language_, "notices.and_basis", {{"basis", all}});
}

web::View NoticeSheet::values() const {
    auto number = CaseNumber::parse(case_.number);
    auto received = parse_instant(text("received_at"));
    auto count = [&](std::string_view key) {
        auto* value = content_.if_contains(key);
        return value && value->is_int64() ? value->as_int64() : 0;
    };
    return {{"you", web::words(language_, case_.organisation ? "notices.you_organisation" : "notices.you_person")},
            {"applicant", text("applicant")},
            {"item", version_.name.in(language_)},
            {"case_number", number ? number->printed() : case_.number},
            {"notice_number", notice_.number},
            {"received", received ? for_people(shanghai_date(*received), language_) : ""},
            {"accepted", day("accepted_on")},
            {"acceptance_due", day("acceptance_due")},
            {"acceptance_days", content_.contains("acceptance_days") ? count("acceptance_days") : version_.acceptance_days},
            {"days", count("days")},
            {"expected_days", count("expected_days")},
            {"from", day("from")},
            {"right_authority", text("right_authority")},
            {"result", version_.result_name.in(language_)},
            {"term", catalogue::term_words(version_).in(language_)},
            {"where", version_.where.in(language_)},
            {"phone", version_.phone.in(language_)},
            {"and_basis", basis()}};
}

document::Notice::Block& NoticeSheet::add() { return made_.blocks.emplace_back(); }
void NoticeSheet::heading(std::string_view key) { add().heading = words(key); }
void NoticeSheet::paragraph(std::string_view key) { add().paragraph = words(key); }

// What people write may have lines of its own; each is a paragraph.
void NoticeSheet::said(std::string_view content_key, std::string_view heading_key) {
    auto written = text(content_key);
    if (written.empty()) return;
    heading(heading_key);
    std::erase(written, '\r');
    for (size_t from = 0; from < written.size();) {
        auto to = std::min(written.find('\n', from), written.size());
        if (to > from) add().paragraph = written.substr(from, to - from);
        from = to + 1;
    }
}

// A receipt is kept and looked things up in; elsewhere the first paragraph has said who, what and when.
void NoticeSheet::case_facts() {
    auto& block = add();
    auto fact = [&](std::string_view key, std::string value) {
        if (!value.empty()) block.facts.emplace_back(words(key), std::move(value));
    };
    const bool receipt = notice_.kind == "receipt";
    fact("fact_case", std::string(values_.at("case_number").as_string()));
    if (receipt) fact("fact_item", version_.name.in(language_));
    for (auto& situation : version_.situations)
        if (situation.name == text("situation")) fact("fact_situation", situation.title.in(language_));
    if (notice_.kind == "grant") fact("fact_result", version_.result_name.in(language_));
    if (!receipt) return;
    fact("fact_applicant", text("applicant"));
    if (auto at = parse_instant(text("received_at"))) fact("fact_received", for_people(*at, language_));
    if (has("channel")) fact("fact_channel", words("channel_" + text("channel")));
    fact("fact_acceptance_due", day("acceptance_due"));
}

void NoticeSheet::table(std::vector<std::string> heads, std::vector<int> widths, std::vector<std::vector<std::string>> rows) {
    if (rows.empty()) return;
    add().table = document::Notice::Table{std::move(heads), std::move(rows), std::move(widths)};
}

void NoticeSheet::received_materials() {
    std::vector<std::vector<std::string>> rows;
    for (auto& one : array_in(content_, "materials")) {
        std::string names, sizes;
        for (auto& file : array_in(one.as_object(), "files")) {
            auto& f = file.as_object();
            names += (names.empty() ? "" : "\n") +
                     web::words(language_, "notices.file", {{"name", text_in(f, "name")}, {"size", size_of(f.if_contains("size"))}});
        }
        rows.push_back({counted(rows.size()), material(text_in(one.as_object(), "code")), names});
    }
    if (rows.empty()) return;
    heading("materials_received");
    table({words("head_number"), words("head_material"), words("head_files")}, {10, 46, 69}, std::move(rows));
}

void NoticeSheet::listed(std::string_view content_key, std::string_view heading_key) {
    std::vector<std::vector<std::string>> rows;
    for (auto& code : array_in(content_, content_key)) {
        auto* found = version_.material(code.as_string());
        auto why = content_key == "exempt" && found ? found->exempt_because.in(language_) : words("later_because");
        rows.push_back({counted(rows.size()), material(code.as_string()), std::move(why)});
    }
    if (rows.empty()) return;
    heading(heading_key);
    table({words("head_number"), words("head_material"), words("head_" + std::string(content_key))}, {10, 46, 69}, std::move(rows));
}

void NoticeSheet::corrections() {
    static const boost::json::object none;
    auto* given = content_.if_contains("remarks");
    auto& remarks = given && given->is_object() ? given->as_object() : none;
    std::vector<std::vector<std::string>> rows;
    auto row = [&](std::string what, std::string_view code, std::string otherwise) {
        auto remark = text_in(remarks, code);
        rows.push_back({counted(rows.size()), std::move(what), remark.empty() ? std::move(otherwise) : std::move(remark)});
    };
    for (auto& code : array_in(content_, "materials")) {
        auto* found = version_.material(code.as_string());
        row(web::words(language_, "notices.correct_material", {{"name", material(code.as_string())}}), code.as_string(),
            words("correct_as_required") + (found ? found->explanation.in(language_) : ""));
    }
    for (auto& name : array_in(content_, "fields")) {
        auto* field = version_.field(name.as_string());
        row(web::words(language_, "notices.correct_field", {{"name", field ? field->label.in(language_) : std::string(name.as_string())}}),
            name.as_string(), words("correct_field_as_required"));
    }
    table({words("head_number"), words("head_correct"), words("head_requirement")}, {10, 46, 69}, std::move(rows));
}

void NoticeSheet::limits() {
    std::vector<std::vector<std::string>> rows;
    for (std::string_view which : {"promised", "statutory"}) {
        auto* kept = content_.if_contains(which);
        static const boost::json::object none;
        auto& due = kept && kept->is_object() ? kept->as_object() : none;
        std::string why;
        for (auto& step : array_in(due, language_ == Language::en ? "because_en" : "because_zh"))
            why += (why.empty() || language_ == Language::zh ? "" : " ") + std::string(step.as_string());
        auto date = day(fmt::format("{}_due", which));
        if (auto of_limit = parse_date(text_in(due, "date"))) date = for_people(*of_limit, language_);
        if (date.empty()) continue;
        auto* provisional = due.if_contains("provisional");
        if (provisional && provisional->is_bool() && provisional->as_bool()) date += "\n" + words("provisional");
        rows.push_back({words(fmt::format("limit_{}", which)), date, std::move(why)});
    }
    table({words("head_limit"), words("head_due"), words("head_why")}, {3, 4, 8}, std::move(rows));
}

document::Notice NoticeSheet::finish() && { return std::move(made_); }

}  // namespace yimen::cases
