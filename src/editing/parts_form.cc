#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "editing/part_boxes.h"

// Sections, fields and columns of a form as boxes.
namespace yimen::editing {

namespace {

using Kind = Box::Kind;

constexpr std::string_view bounded = "number money date", written = "text long_text", chosen = "choice choices";

// What registers can tell of an applicant, by the names of form.yaml, and the answers.
std::vector<Option> prefills(const json::object& content) {
    std::vector<Option> all{
        {"applicant.name", {"申请人：名称或姓名", "Applicant: name"}},
        {"applicant.address", {"申请人：地址", "Applicant: address"}},
        {"applicant.phone", {"申请人：电话", "Applicant: telephone"}},
        {"person", {"个人：姓名、证件号码和电话（类型为“人员”）", "Person: name, number and telephone (kind: person)"}},
        {"person.name", {"个人：姓名", "Person: name"}},
        {"person.number", {"个人：证件号码", "Person: identity number"}},
        {"person.phone", {"个人：手机号码", "Person: mobile number"}},
        {"person.address", {"个人：地址", "Person: address"}},
        {"organisation", {"单位：名称和信用代码（类型为“单位”）", "Organisation: name and credit code (kind: organisation)"}},
        {"organisation.name", {"单位：名称", "Organisation: name"}},
        {"organisation.credit_code", {"单位：统一社会信用代码", "Organisation: credit code"}},
        {"organisation.legal_representative", {"单位：法定代表人", "Organisation: legal representative"}},
        {"organisation.address", {"单位：住所", "Organisation: address"}},
        {"organisation.phone", {"单位：电话", "Organisation: telephone"}}};
    for (auto& entry : list_of({"questions", "item", "questions", {}, "name"}, content)) {
        auto* map = entry.if_object();
        auto* name = map ? map->if_contains("name") : nullptr;
        if (!name || !name->is_string()) continue;
        auto label = words_in(*map, "label");
        all.push_back({fmt::format("answer.{}", std::string_view(name->as_string())), {"引导问题：" + label.zh, "Guidance: " + label.en}});
    }
    return all;
}

std::vector<Box> field_boxes(const json::object& content) {
    Box required{.name = "required", .kind = Kind::condition, .otherwise = "true"};
    Box valid{.name = "valid", .kind = Kind::rows, .within = {feel("when", true), words("message")}};
    return {
        words("label"),
        words("hint", false),
        line("name", true, "snake"),
        one_of("kind",
               options({"text", "long_text", "number", "money", "date", "choice", "choices", "yes_no", "phone", "email", "credit_code",
                        "resident_number", "address", "person", "organisation", "table", "files", "declaration", "signature"})),
        only_for(chosen, choices()),
        only_for("number", words("unit", false)),
        only_for(bounded, number("low", -1'000'000'000, 1'000'000'000)),
        only_for(bounded, number("high", -1'000'000'000, 1'000'000'000)),
        only_for(written, number("max_characters", 1, 20'000)),
        only_for("table", number("rows_low", 0, 100)),
        only_for("table", number("rows_high", 1, 100)),
        only_for("files", some_of("file_types", options({"pdf", "png", "jpeg"}), false, "pdf png jpeg")),
        only_for("declaration", lines("text", false)),
        grouped("rules", std::move(required)),
        feel("visible"),
        only_for("text number money date yes_no choice", feel("value")),
        std::move(valid),
        grouped("prefill", only_for("text long_text number money date choice choices yes_no phone email credit_code resident_number "
                                    "address person organisation",
                                    one_of("prefill", prefills(content), " "))),
        only_for(
            "text long_text number money date choice choices yes_no phone email credit_code resident_number address person organisation",
            flag("locked"))};
}

// A cell of a table holds one short text: these kinds, without rules.
std::vector<Box> column_boxes() {
    return {words("label"),
            words("hint", false),
            line("name", true, "snake"),
            one_of("kind",
                   options({"text", "number", "money", "date", "choice", "yes_no", "phone", "email", "credit_code", "resident_number"})),
            flag("required", "true"),
            only_for("choice", choices()),
            only_for("number", words("unit", false)),
            only_for(bounded, number("low", -1'000'000'000, 1'000'000'000)),
            only_for(bounded, number("high", -1'000'000'000, 1'000'000'000)),
            only_for("text", number("max_characters", 1, 20'000))};
}

// The numbers behind "fields-" or "columns-", from 1; empty where they are none.
std::vector<size_t> numbers_in(std::string_view name) {
    std::vector<size_t> all;
    auto parts = split(name, '-');
    for (auto part : std::span(parts).subspan(1)) {
        size_t number = 0;
        auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error != std::errc() || end != part.data() + part.size() || number == 0 || part.size() > 3 || part.front() == '0') return {};
        all.push_back(number);
    }
    return all;
}

json::object* entry_of(json::object& map, std::string_view list, size_t number) {
    auto* found = map.if_contains(list);
    auto* entries = found ? found->if_array() : nullptr;
    return entries && number <= entries->size() ? (*entries)[number - 1].if_object() : nullptr;
}

}  // namespace

Part sections_part() {
    return {"sections",
            "form",
            "sections",
            {words("title"), words("intro", false), line("name", true, "snake"), grouped("rules", feel("visible"))},
            "name"};
}

std::optional<Part> form_part(std::string_view name, const json::object& content) {
    auto numbers = numbers_in(name);
    if (name.starts_with("fields-") && numbers.size() == 1) return Part{std::string(name), "form", "fields", field_boxes(content), "name"};
    if (name.starts_with("columns-") && numbers.size() == 2) return Part{std::string(name), "form", "columns", column_boxes(), "name"};
    return std::nullopt;
}

json::object* holder_in_form(const Part& part, json::object& form) {
    auto numbers = numbers_in(part.name);
    auto* section = entry_of(form, "sections", numbers.front());
    return section && numbers.size() > 1 ? entry_of(*section, "fields", numbers[1]) : section;
}

}  // namespace yimen::editing
