#include "catalogue/licence_types.h"

#include "base/text.h"
#include "catalogue/reader.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view root = "data/licences/";
// What a value may come from beside the form and the answers.
constexpr std::string_view sources[] = {"applicant.name",    "applicant.code",     "holder.credit_code", "case.number",
                                        "licence.number",    "licence.identifier", "licence.valid_from", "licence.valid_to",
                                        "licence.issued_on", "authority.name"};

bool plain_name(std::string_view name, std::string_view allowed) {
    return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && name.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view of_types = "abcdefghijklmnopqrstuvwxyz0123456789-", of_values = "abcdefghijklmnopqrstuvwxyz0123456789_";

LicenceType::Value read_value(Reader r) {
    LicenceType::Value value{r["name"].text(), r["label"].words(), r["from"].text(), false};
    value.on_paper_only = r["on"].one_of<bool>({{"paper", true}}, false);
    if (!plain_name(value.name, of_values)) r["name"].fault("must be small letters, digits and _, beginning with a letter");
    if (!value.of_case() && std::ranges::find(sources, value.from) == std::end(sources))
        r["from"].fault(
            fmt::format("nothing provides \"{}\"; it may be form.<field>, answer.<question>, {}", value.from, fmt::join(sources, ", ")));
    r.done();
    return value;
}

void read_validity(Reader r, LicenceType& type) {
    if (!r.there()) return;
    type.years = static_cast<int>(r["years"].number(1, 100, 0));
    type.months = static_cast<int>(r["months"].number(1, 1200, 0));
    if ((type.years == 0) == (type.months == 0)) r.fault("write years or months; leave valid_for out where it is for good");
    r.done();
}

void read_registration(Reader r, LicenceType& type) {
    if (!r.there()) return;
    LicenceType::Registration found;
    found.kind = r["kind"].one_of<std::string>({{"company", "company"}, {"sole_trader", "sole_trader"}});
    auto named = [&](std::string_view what, bool required) {
        auto place = r[what];
        auto name = required ? place.text() : place.text("");
        if (!name.empty() && !type.value(name)) place.fault(fmt::format("there is no value \"{}\": name one of the values below", name));
        return name;
    };
    found.name = named("name", true);
    found.representative = named("representative", false);
    found.address = named("address", true);
    r.done();
    type.registers = std::move(found);
}

void check_values(const LicenceType& type, const Reader& list) {
    auto places = list.list();
    std::set<std::string_view> names;
    for (size_t i = 0; i < type.values.size(); ++i)
        if (!names.insert(type.values[i].name).second)
            places[i].fault(fmt::format("a second value \"{}\": rename one", type.values[i].name));
    if (type.values.empty()) list.fault("values: at least one is needed");
}

class TypeFiles {
  public:
    explicit TypeFiles(const std::vector<EmbeddedFile>& files) {
        for (auto& file : files) files_.emplace(file.path, file.bytes);
    }

    std::optional<LicenceType> read(const std::string& path, std::vector<Fault>& faults) const {
        auto tree = read_yaml(path, files_.at(path));
        if (!tree) return faults.push_back(std::move(tree.error())), std::nullopt;
        const size_t before = faults.size();
        const Piece piece{path, &tree->value, &tree->lines};
        auto type = read_type(Reader(piece, faults), path);
        if (faults.size() != before) return std::nullopt;
        return type;
    }

  private:
    LicenceType read_type(Reader r, const std::string& path) const {
        LicenceType type;
        type.file = path;
        type.type = r["type"].text();
        type.name = r["name"].words();
        type.code_suffix = r["code_suffix"].text();
        type.number_form = r["number_form"].text();
        read_validity(r["valid_for"], type);
        type.ends_with = r["ends_with"].text("");
        for (auto& use : r["used_for"].list()) type.used_for.push_back(use.words());
        type.statement = r["statement"].text("");
        for (auto& value : r["values"].list()) type.values.push_back(read_value(value));
        type.counts_as = r["counts_as"].texts();
        read_registration(r["registers"], type);
        check(r, type, path);
        read_drawing(r, type);
        r.done();
        return type;
    }

    static void check(Reader& r, const LicenceType& type, const std::string& path) {
        if (path != fmt::format("{}{}.yaml", root, type.type)) r["type"].fault("must be named as its file");
        if (!plain_name(type.type, of_types)) r["type"].fault("may hold small letters, digits and \"-\" only");
        const bool digits =
            type.code_suffix.size() == 3 && std::ranges::all_of(type.code_suffix, [](unsigned char c) { return std::isdigit(c); });
        if (!digits) r["code_suffix"].fault("must be three digits in quotes, such as \"001\"");
        if (type.number_form.find("{serial}") == std::string::npos)
            r["number_form"].fault("must hold {serial}, or every licence would have the same number");
        check_values(type, r["values"]);
    }

    void read_drawing(Reader& r, LicenceType& type) const {
        type.template_name = r["template"].text("");
        auto path = type.template_name.empty() ? fmt::format("{}{}.svg", root, type.type)
                                               : fmt::format("{}templates/{}.svg", root, type.template_name);
        auto drawing = files_.find(path);
        if (drawing != files_.end())
            type.svg = drawing->second;
        else if (type.template_name.empty())
            r.fault(fmt::format("template: name one of data/licences/templates/, or draw {}.svg beside the file", type.type));
        else
            r["template"].fault(fmt::format("there is no {}; the templates are {}", path, fmt::join(templates(), ", ")));
    }

    std::vector<std::string> templates() const {
        std::vector<std::string> names;
        const auto folder = std::string(root) + "templates/";
        for (auto file = files_.lower_bound(folder); file != files_.end() && file->first.starts_with(folder); ++file)
            names.push_back(file->first.substr(folder.size(), file->first.rfind('.') - folder.size()));
        return names;
    }

    std::map<std::string, std::string_view> files_;
};

}  // namespace

LicenceTypes LicenceTypes::read(const std::vector<EmbeddedFile>& files, std::vector<Fault>& faults) {
    LicenceTypes types;
    const TypeFiles all(files);
    std::map<std::string, std::string> suffixes;
    for (auto& file : files) {
        if (!file.path.starts_with(root) || !file.path.ends_with(".yaml")) continue;
        auto type = all.read(std::string(file.path), faults);
        if (!type) continue;
        auto [other, free] = suffixes.emplace(type->code_suffix, type->type);
        if (!free)
            faults.push_back(
                {type->file, 0, fmt::format("code_suffix {} is taken by {}: choose another", type->code_suffix, other->second)});
        types.types_.emplace(type->type, std::move(*type));
    }
    return types;
}

const LicenceTypes& LicenceTypes::embedded() {
    static const LicenceTypes types = [] {
        std::vector<Fault> faults;
        auto read_ones = read(embedded_files_under(root), faults);
        if (!faults.empty()) throw std::runtime_error(to_text(faults.front()));
        return read_ones;
    }();
    return types;
}

const LicenceType::Value* LicenceType::value(std::string_view name) const {
    auto found = std::ranges::find(values, name, &Value::name);
    return found == values.end() ? nullptr : &*found;
}

const LicenceType* LicenceTypes::find(std::string_view type) const {
    auto found = types_.find(type);
    return found == types_.end() ? nullptr : &found->second;
}

Text term_words(const ItemVersion& item) {
    auto* type = item.licence_type.empty() ? nullptr : LicenceTypes::embedded().find(item.licence_type);
    const bool begins_anew = item.licence_effect == LicenceEffect::newly || item.licence_effect == LicenceEffect::renewal;
    if (!begins_anew || (!type && !item.licence_years)) return {};
    auto counted = [](int count, std::string_view zh, std::string_view en) {
        return Text{fmt::format("{}{}", count, zh), fmt::format("{} {}{}", count, en, count == 1 ? "" : "s")};
    };
    if (int years = item.licence_years ? item.licence_years : type->years) return counted(years, "年", "year");
    return type->months ? counted(type->months, "个月", "month") : Text{"长期", "without an end"};
}

}  // namespace yimen::catalogue
