#include <fstream>

#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "document/document.h"

// What is handed in with an application: each material with what was uploaded for it.
namespace yimen::cases {

using identity::Context;
using web::Response;
using web::words;

std::string types_words(const catalogue::Material& material, Language language) {
    std::string all;
    for (auto& type : material.file_types.empty() ? std::vector<std::string>{"pdf", "png", "jpeg"} : material.file_types) {
        std::string name = type;
        for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        all += (all.empty() ? "" : words(language, "window.comma")) + name;
    }
    return all;
}

std::string accepted_types(const catalogue::Material& material) {
    std::string all;
    for (auto& type : material.file_types.empty() ? std::vector<std::string>{"pdf", "png", "jpeg"} : material.file_types)
        all += fmt::format("{}{}", all.empty() ? "" : ",", type == "pdf" ? "application/pdf" : "image/" + type);
    return all;
}

catalogue::Material as_material(const catalogue::Field& field) {
    catalogue::Material material;
    material.code = fmt::format("{}{}", of_field, field.name);
    material.name = field.label;
    material.file_types = field.file_types;
    return material;
}

std::optional<catalogue::Material> taken_for(const catalogue::ItemVersion& version, std::string_view code) {
    if (auto* material = version.material(code)) return *material;
    auto* field = code.starts_with(of_field) ? version.field(code.substr(of_field.size())) : nullptr;
    if (!field || field->kind != catalogue::Field::Kind::files) return std::nullopt;
    return as_material(*field);
}

namespace {

boost::json::array files_view(const Filling& filling, const catalogue::Material& material) {
    boost::json::array files;
    for (auto& d : filling.documents)
        if (!d.removed && d.material == material.code)
            files.push_back(web::View{{"file", d.name},
                                      {"size", size_words(d.size)},
                                      {"href", fmt::format("{}/documents/{}", filling.base, to_text(d.id))},
                                      {"remove", fmt::format("{}/documents/{}/remove", filling.base, to_text(d.id))}});
    return files;
}

web::View material_view(const Context& c, const Filling& filling, const catalogue::MaterialNeed& need, const std::string& error) {
    constexpr std::string_view needs[] = {"needed", "exempt", "later"}, colours[] = {"blue", "green", "yellow"};
    auto language = c.language();
    auto& material = *need.material;
    auto files = files_view(filling, material);
    auto kind = static_cast<int>(need.need);
    bool asked = filling.asked && filling.asked->materials.contains(material.code);
    return {{"code", material.code},
            {"name", material.name.in(language)},
            {"explanation", material.explanation.in(language)},
            {"format", material.format.in(language)},
            {"types", types_words(material, language)},
            {"accept", accepted_types(material)},
            {"need", words(language, fmt::format("window.need_{}", needs[kind]))},
            {"colour", colours[kind]},
            {"because", need.because.in(language)},
            {"licence", need.licence.empty() || c.who().staff ? "" : "/licences/" + need.licence},
            {"look", c.who().staff ? look_path(filling.file, need.licence) : ""},
            {"takes_files", need.need != catalogue::Need::exempt},
            {"lacking", need.need == catalogue::Need::needed && files.empty()},
            {"has_files", !files.empty()},
            {"files", std::move(files)},
            {"asked", asked},
            {"mended", asked && filling.asked->mended.contains(material.code)},
            {"remark", asked ? filling.asked->remark_on(material.code) : ""},
            {"error", error}};
}

std::string_view refusal_code(document::FileRefusal refusal) {
    constexpr std::string_view codes[] = {"unknown_type", "damaged", "encrypted", "active_content", "too_large", "empty"};
    return codes[static_cast<int>(refusal)];
}

std::string read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Nothing where the file is as it should be.
std::string_view wrong_with(const web::Upload& upload, const catalogue::Material& material, std::string& type) {
    if (upload.size > largest_document) return "too_large";
    auto found = document::inspect_file(upload.file.string());
    if (!found) return refusal_code(found.error());
    type = document::media_type(*found);
    auto word = type.substr(type.find('/') + 1);
    bool fits = material.file_types.empty() || std::ranges::find(material.file_types, word) != material.file_types.end();
    return fits ? "" : "other_type";
}

}  // namespace

std::string refused_words(const Context& c, const catalogue::Material& material, const std::vector<RefusedFile>& refused) {
    std::string text;
    for (auto& file : refused)
        text += (text.empty() ? "" : " ") + words(c.language(), fmt::format("cases.error_file_{}", file.code),
                                                  {{"name", file.name}, {"types", types_words(material, c.language())}});
    return text;
}

namespace {

// Good files are kept although others beside them are refused.
Response upload(const Context& c, const StaffParts& parts, const Place& place) {
    auto file = own_case(c, place.fill);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    auto version = parts.catalogue.version(file->item_version);
    auto* material = version ? version->material(c.request.form.get("material")) : nullptr;
    if (!material) return c.refused(422, "cases", code(Refusal::unknown_material));
    auto uploads = inspected(c, *material);
    auto there = fmt::format("{}/{}/materials#m-{}", place.base, to_text(file->id), material->code);
    if (!uploads.good.empty()) {
        auto answer = c.write([&](db::Tx& tx) -> Response {
            auto desk = desk_of(c, tx, parts);
            for (auto& one : uploads.good) {
                put_content(tx, file->division, one.content);
                auto attached = attach(desk, file->id, one.document);
                if (!attached) return c.refused(status_of(attached.error()), "cases", code(attached.error()));
            }
            return c.go(there, "cases.notice_uploaded");
        });
        if (answer.status >= 400 || uploads.refused.empty()) return answer;
    }
    return with_filling(c, parts, place, [&](Filling& filling) {
        return materials_page(c, filling, 422, {{material->code, refused_words(c, *material, uploads.refused)}});
    });
}

Response remove(const Context& c, const StaffParts& parts, const Place& place) {
    auto file = own_case(c, place.fill);
    auto document = parse_id<DocumentTag>(c.request.param("document"));
    if (!file || !document) return c.refused(404, "cases", code(Refusal::not_found));
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto removed = detach(desk, file->id, *document);
        if (!removed) return c.refused(status_of(removed.error()), "cases", code(removed.error()));
        return c.go(fmt::format("{}/{}/materials", place.base, to_text(file->id)), "cases.notice_removed");
    });
}

}  // namespace

Uploads inspected(const Context& c, const catalogue::Material& material) { return inspected(c.request.uploads, c, material); }

Uploads inspected(const std::vector<web::Upload>& uploads, const Context& c, const catalogue::Material& material) {
    Uploads all;
    for (auto& upload : uploads) {
        std::string type;
        if (auto wrong = wrong_with(upload, material, type); !wrong.empty()) {
            all.refused.push_back({upload.name, wrong});
            continue;
        }
        auto bytes = read_whole(upload.file);
        Uploaded one{{}, seal_content(c.site.keys.fields, bytes)};
        one.document.material = material.code;
        one.document.name = upload.name.empty() ? material.name.zh : upload.name;
        one.document.media_type = type;
        one.document.size = static_cast<int64_t>(bytes.size());
        one.document.content = one.content.hash;
        all.good.push_back(std::move(one));
    }
    if (uploads.empty()) all.refused.push_back({"", "none"});
    return all;
}

Response materials_page(const Context& c, const Filling& filling, int status, const std::map<std::string, std::string>& errors) {
    auto language = c.language();
    auto outcome = catalogue::guide(*filling.version, filling.file.answers, filling.held);
    boost::json::array to_bring, exempt, summary;
    if (outcome)
        for (auto& need : outcome->materials) {
            auto found = errors.find(need.material->code);
            auto& group = need.need == catalogue::Need::exempt ? exempt : to_bring;
            group.push_back(material_view(c, filling, need, found == errors.end() ? "" : found->second));
        }
    for (auto& [what, text] : errors) summary.push_back(web::View{{"href", "#file-" + what}, {"text", text}});
    auto steps = steps_view(c, filling, "materials");
    auto& item = filling.version->name.in(language);
    auto lacking = filling.missing(c.today()).materials.size();
    web::View view{{"title", fmt::format("{}{} · {}", errors.empty() ? "" : words(language, "cases.error_prefix"),
                                         words(language, "cases.materials"), item)},
                   {"item", item},
                   {"base", filling.base},
                   {"at_window", bool(c.who().staff)},
                   {"applicant", filling.file.applicant_name},
                   {"at", steps.size() - 1},
                   {"of", steps.size()},
                   {"steps", std::move(steps)},
                   {"lacking", lacking},
                   {"complete", lacking == 0},
                   {"has_errors", !errors.empty()},
                   {"errors", std::move(summary)},
                   {"most", largest_document >> 20},
                   {"has_to_bring", !to_bring.empty()},
                   {"to_bring", std::move(to_bring)},
                   {"has_exempt", !exempt.empty()},
                   {"exempt", std::move(exempt)}};
    return c.page(status, "cases/materials", std::move(view));
}

void add_material_pages(identity::Routes& routes, const StaffParts& parts, const Place& place) {
    auto at = [&](std::string_view path) { return fmt::format("{}/{{id}}{}", place.base, path); };
    routes.get(at("/materials"), place.fill, [parts, place](Context& c) {
        return with_filling(c, parts, place, [&](Filling& f) { return materials_page(c, f, 200, {}); });
    });
    routes.post(at("/documents"), place.fill, [parts, place](Context& c) { return upload(c, parts, place); },
                {.max_body = 256 << 10, .max_upload = largest_upload});
    routes.post(at("/documents/{document}/remove"), place.fill, [parts, place](Context& c) { return remove(c, parts, place); });
}

}  // namespace yimen::cases
