#include "catalogue/catalogue.h"

namespace yimen::catalogue {

namespace {

template <class T, class Matches>
const T* first(const std::vector<T>& things, Matches matches) {
    auto found = std::ranges::find_if(things, matches);
    return found == things.end() ? nullptr : &*found;
}

constexpr std::string_view effect_names[] = {"new", "change", "renewal", "replacement", "cancellation"};

}  // namespace

std::string_view name(LicenceEffect effect) { return effect_names[static_cast<int>(effect)]; }

bool ItemVersion::online() const { return offered("online"); }

bool ItemVersion::offered(std::string_view channel) const { return std::ranges::find(channels, channel) != channels.end(); }

bool ItemVersion::for_applicant(std::string_view kind) const { return std::ranges::find(applicants, kind) != applicants.end(); }

const Material* ItemVersion::material(std::string_view code) const {
    return first(materials, [&](auto& m) { return m.code == code; });
}

const Question* ItemVersion::question(std::string_view name) const {
    return first(questions, [&](auto& q) { return q.name == name; });
}

const Field* ItemVersion::field(std::string_view name) const {
    for (auto& section : form)
        if (auto* found = first(section.fields, [&](auto& f) { return f.name == name; })) return found;
    return nullptr;
}

}  // namespace yimen::catalogue
