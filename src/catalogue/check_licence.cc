#include "catalogue/licence_types.h"

#include "catalogue/reader.h"
#include "catalogue/sources.h"

// What stands between an item and the licence that it says it grants.
namespace yimen::catalogue {

namespace {

// What every licence says beside the values of its type.
constexpr std::string_view of_every_licence[] = {"number", "identifier", "valid_from", "valid_to"};

class Check {
  public:
    Check(const ItemVersion& item, const LicenceTypes& types, const Piece& piece, const Piece& form, std::vector<Fault>& faults)
        : item_(item), types_(types), type_(types.find(item.licence_type)), place_(piece, faults), form_(form, faults) {}

    void all() {
        if (item_.licence_type.empty() && item_.licence_effect != LicenceEffect::newly)
            place_["licence_effect"].fault(
                fmt::format("\"{}\" happens to a licence, but none is named: add licence_type, or leave licence_effect out",
                            name(item_.licence_effect)));
        if (!item_.licence_type.empty() && !type_)
            place_["licence_type"].fault(
                fmt::format("there is no licence type \"{}\" in data/licences; there are {}", item_.licence_type, known_types()));
        // What is not applied for here is not granted here either.
        if (type_ && item_.licence_effect == LicenceEffect::newly && !item_.form.empty()) {
            values();
            end();
        }
        prefills();
        sources();
    }

  private:
    std::string known_types() const {
        std::vector<std::string_view> names;
        for (auto& [name, type] : types_.all()) names.push_back(name);
        return fmt::format("{}", fmt::join(names, ", "));
    }

    void values() {
        for (auto& value : type_->values) {
            if (value.from.starts_with("form.") && !item_.field(value.from.substr(5)))
                place_["licence_type"].fault(
                    fmt::format("{} takes \"{}\" from the field \"{}\", which the form does not have: add the field, or mend {}",
                                type_->type, value.name, value.from.substr(5), type_->file));
            if (value.from.starts_with("answer.") && !item_.question(value.from.substr(7)))
                place_["licence_type"].fault(
                    fmt::format("{} takes \"{}\" from the question \"{}\", which is not asked: add the question, or mend {}", type_->type,
                                value.name, value.from.substr(7), type_->file));
        }
    }

    void end() {
        if (type_->ends_with.empty()) return;
        auto* field = item_.field(type_->ends_with);
        if (!field || field->kind != Field::Kind::date)
            place_["licence_type"].fault(
                fmt::format("{} ends with the field \"{}\", which is no date of the form: add it, or mend ends_with in {}", type_->type,
                            type_->ends_with, type_->file));
    }

    void prefills() {
        auto sections = form_["sections"].list();
        for (size_t s = 0; s < item_.form.size(); ++s) {
            // A standard form is not written with the item, and never names a licence.
            auto fields = s < sections.size() ? sections[s]["fields"].list() : std::vector<Reader>();
            for (size_t f = 0; f < item_.form[s].fields.size() && f < fields.size(); ++f) prefill(item_.form[s].fields[f], fields[f]);
        }
    }

    // Nobody could ever be exempt by what nothing keeps.
    void sources() {
        auto places = place_["materials"].list();
        for (size_t m = 0; m < item_.materials.size() && m < places.size(); ++m) {
            auto& source = item_.materials[m].exempt_source;
            if (!source.empty() && !source_name(source, types_))
                places[m]["exempt_source"].fault(
                    fmt::format("\"{}\" is neither a type of licence (data/licences) nor a record (data/records.yaml): name person: or "
                                "organisation: and one of these",
                                source));
        }
    }

    void prefill(const Field& field, Reader place) {
        if (!field.prefill.starts_with("licence.")) return;
        auto what = std::string_view(field.prefill).substr(8);
        if (!item_.about_a_licence())
            return place["prefill"].fault(
                "the item is about no licence that the applicant holds: say so by licence_type and licence_effect in item.yaml");
        if (!type_ || std::ranges::find(of_every_licence, what) != std::end(of_every_licence)) return;
        if (std::ranges::find(type_->values, what, &LicenceType::Value::name) == type_->values.end())
            place["prefill"].fault(fmt::format("{} says nothing of \"{}\"; see the values in {}", type_->type, what, type_->file));
    }

    const ItemVersion& item_;
    const LicenceTypes& types_;
    const LicenceType* type_;
    Reader place_, form_;
};

}  // namespace

std::vector<Fault> check_licence(const ItemVersion& version, const LicenceTypes& types, const Piece& item, const Piece& form) {
    std::vector<Fault> faults;
    Check(version, types, item, form, faults).all();
    return faults;
}

std::vector<Fault> check_licence(const ItemVersion& version, const boost::json::object& stored, const std::string& name) {
    const Piece item{name + " item", stored.if_contains("item"), nullptr}, form{name + " form", stored.if_contains("form"), nullptr};
    return check_licence(version, LicenceTypes::embedded(), item, form);
}

}  // namespace yimen::catalogue
