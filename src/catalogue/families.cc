#include "catalogue/families.h"

#include "catalogue/reader.h"

namespace yimen::catalogue {

namespace {

using Lines = std::map<std::string, int, std::less<>>;

// Puts the lines of what stands below `from` in the file where it stands in the item, below `to`.
void copy_lines(const Lines& file, const std::string& from, Lines& item, const std::string& to) {
    for (auto at = file.lower_bound(from); at != file.end() && at->first.starts_with(from); ++at)
        if (at->first.size() == from.size() || at->first[from.size()] == '/') item[to + at->first.substr(from.size())] = at->second;
}

class Family {
  public:
    Family(const Piece& piece, std::vector<Fault>& faults) : piece_(piece), lines_(*piece.lines), r_(piece, faults) {}

    std::vector<Member> members() {
        if (auto name = r_["family"].text(); !piece_.file.ends_with(fmt::format("/{}.yaml", name)) && !name.empty())
            r_["family"].fault(fmt::format("\"{}\" must be named as its file", name));
        if (auto common = r_["common"]; common.there() && !piece_.value->at("common").is_object())
            common.fault("must be a map of names and values");
        auto places = r_["members"].list();
        if (places.empty()) r_["members"].fault("write at least one member");
        std::vector<Member> all;
        for (size_t i = 0; i < places.size(); ++i) {
            auto& value = piece_.value->at("members").at(i);
            if (auto* own = value.if_object())
                all.push_back(member(*own, fmt::format("/members/{}", i), places[i]));
            else
                places[i].fault("must be a map of names and values");
        }
        r_.done();
        return all;
    }

  private:
    const boost::json::object& common() const {
        static const boost::json::object none;
        auto* found = piece_.value->as_object().if_contains("common");
        return found && found->is_object() ? found->as_object() : none;
    }

    Member member(const boost::json::object& own, const std::string& path, Reader place) {
        Member made{boost::json::object(), {}};
        auto& item = made.item.as_object();
        if (auto line = lines_.find(path); line != lines_.end()) made.lines[""] = line->second;
        if (auto* name = piece_.value->as_object().if_contains("family")) item["family"] = *name;
        for (auto& [key, value] : common())
            if (!own.contains(key)) put(made, key, value, fmt::format("/common/{}", std::string_view(key)));
        for (auto& [key, value] : own)
            if (key == "materials" && value.is_array())
                choose_materials(made, value.as_array(), path, place);
            else
                put(made, key, value, fmt::format("{}/{}", path, std::string_view(key)));
        return made;
    }

    void put(Member& made, std::string_view key, const boost::json::value& value, const std::string& from) {
        made.item.as_object()[key] = value;
        copy_lines(lines_, from, made.lines, fmt::format("/{}", key));
    }

    void choose_materials(Member& made, const boost::json::array& chosen, const std::string& path, Reader& place) {
        boost::json::array materials;
        auto places = place["materials"].list();
        for (size_t i = 0; i < chosen.size(); ++i) {
            auto from = fmt::format("{}/materials/{}", path, i);
            auto to = fmt::format("/materials/{}", materials.size());
            if (auto* code = chosen[i].if_string()) {
                auto known = with_code(*code);
                if (!known) {
                    places[i].fault(
                        fmt::format("the family has no material \"{}\": add it to common, or correct the code", std::string_view(*code)));
                    continue;
                }
                from = fmt::format("/common/materials/{}", *known);
                materials.push_back(common().at("materials").at(*known));
            } else {
                materials.push_back(chosen[i]);
            }
            copy_lines(lines_, from, made.lines, to);
        }
        if (auto line = lines_.find(path + "/materials"); line != lines_.end()) made.lines["/materials"] = line->second;
        made.item.as_object()["materials"] = std::move(materials);
    }

    std::optional<size_t> with_code(std::string_view code) const {
        auto* materials = common().if_contains("materials");
        auto* list = materials ? materials->if_array() : nullptr;
        for (size_t i = 0; list && i < list->size(); ++i)
            if (auto* material = (*list)[i].if_object())
                if (auto* known = material->if_contains("code"); known && known->is_string() && known->as_string() == code) return i;
        return std::nullopt;
    }

    const Piece& piece_;
    const Lines& lines_;
    Reader r_;
};

}  // namespace

std::vector<Member> members_of(const std::string& file, const YamlTree& family, std::vector<Fault>& faults) {
    if (!family.value.is_object()) {
        faults.push_back({file, 1, "must be a map: family, common, members"});
        return {};
    }
    const Piece piece{file, &family.value, &family.lines};
    return Family(piece, faults).members();
}

}  // namespace yimen::catalogue
