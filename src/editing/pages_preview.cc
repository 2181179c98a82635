#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "cases/pages_form.h"
#include "editing/gate.h"
#include "editing/pages_shared.h"

// The draft's form as an applicant would fill it in, made by the applicant's own pages. What is typed is kept for its author alone,
// as what they type elsewhere; no case comes of it.
namespace yimen::editing {

namespace {

using cases::Filling;
using catalogue::Field;
using catalogue::Question;

constexpr std::string_view preview_key = "preview";
constexpr uint64_t largest_preview = 512u << 10, largest_upload = 24u << 20;

// What registers would know of an invented applicant.
catalogue::Facts sample_facts(bool organisation) {
    catalogue::Facts facts{{"person.name", "李示例"},
                           {"person.number", "310120199001011234"},
                           {"person.phone", "13800138000"},
                           {"person.address", "上海市奉贤区南桥镇示例路1号"}};
    if (organisation)
        facts.insert({{"organisation.name", "上海示例有限公司"},
                      {"organisation.credit_code", "91310120MA1HQ5RT6E"},
                      {"organisation.legal_representative", "王示例"},
                      {"organisation.address", "上海市奉贤区南桥镇示例路1号"},
                      {"organisation.phone", "02112345678"}});
    return facts;
}

// The first choice stands until another is chosen, so that there is always a form to see.
catalogue::Answers answers_from(const catalogue::ItemVersion& version, const Typed& typed) {
    catalogue::Answers answers;
    auto given = [&](const std::string& name) {
        auto found = typed.find("answer." + name);
        return found == typed.end() || found->second.empty() ? std::string() : found->second.front();
    };
    for (auto& question : version.questions) {
        auto chosen = given(question.name);
        if (chosen.empty() || !catalogue::possible(question, chosen))
            chosen = question.kind == Question::Kind::choice   ? question.choices.front().value
                     : question.kind == Question::Kind::number ? "1"
                                                               : "yes";
        answers[question.name] = chosen;
    }
    auto who = given(std::string(catalogue::who_applies));
    answers[std::string(catalogue::who_applies)] = version.for_applicant(who)              ? who
                                                   : version.for_applicant("organisation") ? "organisation"
                                                                                           : "person";
    return answers;
}

// Files are known by their names alone: their bytes are not kept here.
void add_documents(Filling& filling) {
    for (auto& section : filling.version->form)
        for (auto& field : section.fields) {
            auto* files = field.kind == Field::Kind::files ? filling.file.form.if_contains(field.name) : nullptr;
            if (!files || !files->is_array()) continue;
            int64_t number = 0;
            for (auto& file : files->as_array()) {
                // The field may have been of another kind when this was typed.
                auto* one = file.if_object();
                if (!one || !one->contains("name") || !one->at("name").is_string()) continue;
                cases::Document document;
                document.id = {++number};
                document.material = cases::as_material(field).code;
                document.name = std::string(one->at("name").as_string());
                filling.documents.push_back(std::move(document));
            }
        }
}

Filling filling_of(const Draft& draft, const Gate& found, const Typed& typed) {
    Filling filling;
    filling.version = found.version;
    filling.base = path_of(draft.item, preview_key);
    filling.file.answers = answers_from(*found.version, typed);
    filling.facts = sample_facts(filling.file.answers.at(std::string(catalogue::who_applies)) == "organisation");
    filling.known = catalogue::prefill(*found.version, filling.facts, filling.file.answers);
    filling.file.form = filling.known;
    if (auto kept = typed.find("form"); kept != typed.end())
        if (auto values = json::parse(kept->second.front()); values.is_object())
            for (auto& [name, value] : values.as_object())
                if (auto* field = found.version->field(name); field && !filling.fixed(*field)) filling.file.form[name] = value;
    catalogue::compute(*found.version, filling.file.form, filling.file.answers);
    add_documents(filling);
    return filling;
}

Typed kept_of(const Context& c, const Draft& draft) {
    auto kept = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, preview_key); });
    return kept ? std::move(kept->typed) : Typed{};
}

void keep(const Context& c, const Draft& draft, const Typed& typed) {
    c.site.database.write([&](db::Tx& tx) {
        keep_typing(tx, c.site.division, draft.item, c.who().staff, preview_key, {"", typed, c.now()});
    });
}

json::array questions_view(const Context& c, const catalogue::ItemVersion& version, const catalogue::Answers& answers) {
    json::array all;
    auto add = [&](const std::string& name, const std::string& text, const std::string& unit, bool number, json::array options) {
        all.push_back(View{{"question", name},
                           {"text", text},
                           {"unit", unit},
                           {"is_number", number},
                           {"value", answers.at(name)},
                           {"options", std::move(options)}});
    };
    for (auto& question : version.questions) {
        json::array options;
        auto option = [&](const std::string& value, const std::string& text) {
            options.push_back(View{{"value", value}, {"text", text}, {"chosen", answers.at(question.name) == value}});
        };
        for (auto& choice : question.choices) option(choice.value, choice.label.in(c.language()));
        if (question.kind == Question::Kind::yes_no)
            for (auto* word : {"yes", "no"}) option(word, word_of(c.language(), "editing.option_", word));
        add(question.name, question.label.in(c.language()), question.unit.in(c.language()), question.kind == Question::Kind::number,
            std::move(options));
    }
    json::array who;
    std::string name(catalogue::who_applies);
    for (auto& kind : version.applicants)
        who.push_back(
            View{{"value", kind}, {"text", word_of(c.language(), "editing.option_", kind)}, {"chosen", answers.at(name) == kind}});
    if (who.size() > 1) add(name, words(c.language(), "editing.preview_applicant"), "", false, std::move(who));
    return all;
}

// What the tables make of the answers.
void add_outcome(const Context& c, const Filling& filling, const Gate& found, View& view) {
    view["has_outcome"] = false;
    if (!found.decides) return;
    auto outcome = catalogue::guide(*filling.version, filling.file.answers, catalogue::all_sources(*filling.version));
    view["has_outcome"] = bool(outcome);
    if (!outcome) return;
    json::array materials;
    constexpr std::string_view needs[] = {"needed", "exempt", "later"};
    for (auto& need : outcome->materials)
        materials.push_back(View{{"text", need.material->name.in(c.language())},
                                 {"need", word_of(c.language(), "editing.outcome_", needs[static_cast<int>(need.need)])}});
    view["situation"] = outcome->situation->title.in(c.language());
    view["has_materials"] = !materials.empty();
    view["materials"] = std::move(materials);
}

Response preview_page(const Context& c, const Draft& draft, const Gate& found, const Filling& filling, int status,
                      const std::vector<catalogue::FormError>& errors, bool checked) {
    auto language = c.language();
    auto& version = *filling.version;
    auto beside = cases::beside_fields(errors, language);
    json::array sections, summary;
    for (auto& error : errors)
        summary.push_back(
            View{{"href", "#" + cases::box_of(*version.field(error.field), error.part)}, {"text", error.message.in(language)}});
    bool files = false;
    for (auto& section : version.form) {
        json::array fields;
        for (auto& field : section.fields) {
            files = files || field.kind == Field::Kind::files;
            fields.push_back(cases::field_view(filling, field, filling.file.form, language, beside[field.name]));
            fields.back().as_object()["takes_files"] = false;
        }
        sections.push_back(
            View{{"heading", section.title.in(language)}, {"intro", section.intro.in(language)}, {"fields", std::move(fields)}});
    }
    auto view = head_view(c, draft);
    view["title"] = fmt::format("{}{} · {}", errors.empty() ? "" : words(language, "editing.error_prefix"),
                                word_of(language, "editing.part_", preview_key), std::string_view(view.at("name").as_string()));
    view["readable"] = true;
    add_outcome(c, filling, found, view);
    auto questions = questions_view(c, version, filling.file.answers);
    view["has_questions"] = !questions.empty();
    view["questions"] = std::move(questions);
    view["has_sections"] = !sections.empty();
    view["sections"] = std::move(sections);
    view["own_form"] = !list_of(*part_named("sections", draft.content), draft.content).empty();
    view["takes_files"] = files;
    view["has_errors"] = !errors.empty();
    view["errors"] = std::move(summary);
    view["in_order"] = checked && errors.empty();
    add_company(c, draft.item, preview_key, view);
    return c.page(status, "editing/preview", std::move(view));
}

using PreviewPage = std::function<Response(const Draft&, const Gate&, Filling&, Typed&)>;
Response with_preview(const Context& c, const PreviewPage& page) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto found = gate(*draft, c.today());
    if (!found.version) {
        auto view = head_view(c, *draft);
        view["title"] =
            fmt::format("{} · {}", word_of(c.language(), "editing.part_", preview_key), std::string_view(view.at("name").as_string()));
        view["readable"] = false;
        view["has_errors"] = false;
        add_company(c, draft->item, preview_key, view);
        return c.page(200, "editing/preview", std::move(view));
    }
    auto typed = kept_of(c, *draft);
    auto filling = filling_of(*draft, found, typed);
    return page(*draft, found, filling, typed);
}

// "add:vehicles", "remove:vehicles:2", "detach:01J…", "upload:photos".
void press(const Context& c, const Filling& filling, catalogue::Values& values) {
    auto parts = split(c.request.form.get("then"), ':');
    auto* field = parts.size() > 1 ? filling.version->field(parts[1]) : nullptr;
    if (!field || field->kind != Field::Kind::table) return;
    auto* typed = values.if_contains(field->name);
    auto* kept = filling.file.form.if_contains(field->name);
    json::value table = typed ? *typed : kept ? *kept : json::value(json::array());
    size_t row = 0;
    if (parts.size() > 2) std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), row);
    if (parts[0] == "add") values[field->name] = cases::with_row(*field, std::move(table));
    if (parts[0] == "remove") values[field->name] = cases::without_row(std::move(table), row);
}

void take_files(const Context& c, const Filling& filling, catalogue::Values& values) {
    bool detaching = c.request.form.get("then").starts_with("detach:");
    for (auto& section : filling.version->form)
        for (auto& field : section.fields) {
            if (field.kind != Field::Kind::files) continue;
            auto* kept = filling.file.form.if_contains(field.name);
            json::array files = kept && kept->is_array() ? kept->as_array() : json::array();
            if (detaching) files.clear();
            for (auto& upload : c.request.uploads)
                if (upload.field == field.name && files.size() < 20)
                    files.push_back(json::object{{"document", std::to_string(files.size() + 1)}, {"name", upload.name}});
            values[field.name] = std::move(files);
        }
}

// What was typed, kept and put into the form as it would be saved.
void take(const Context& c, const Draft& draft, Filling& filling, Typed& typed, bool going_on) {
    catalogue::Values values;
    for (auto& section : filling.version->form)
        for (auto& [name, value] : cases::changed_fields(c, filling, section, going_on)) values[name] = value;
    press(c, filling, values);
    if (!c.request.uploads.empty() || c.request.form.get("then").starts_with("detach:")) take_files(c, filling, values);
    for (auto& [name, value] : values) filling.file.form[name] = value;
    catalogue::compute(*filling.version, filling.file.form, filling.file.answers);
    filling.documents.clear();
    add_documents(filling);
    typed["form"] = {json::serialize(filling.file.form)};
    keep(c, draft, typed);
}

Response show(const Context& c) {
    return with_preview(c, [&](const Draft& draft, const Gate& found, Filling& filling, Typed&) {
        return preview_page(c, draft, found, filling, 200, {}, false);
    });
}

Response check_it(const Context& c) {
    return with_preview(c, [&](const Draft& draft, const Gate& found, Filling& filling, Typed& typed) {
        auto then = c.request.form.get("then");
        bool checking = then.empty() || then == "check";
        take(c, draft, filling, typed, checking);
        auto errors = checking ? catalogue::check_form(*filling.version, std::nullopt, filling.file.form, filling.file.answers, c.today(),
                                                       filling.signer())
                               : std::vector<catalogue::FormError>{};
        return preview_page(c, draft, found, filling, errors.empty() ? 200 : 422, errors, checking);
    });
}

Response live(const Context& c) {
    return with_preview(c, [&](const Draft& draft, const Gate&, Filling& filling, Typed& typed) {
        take(c, draft, filling, typed, false);
        std::vector<const catalogue::Section*> sections;
        for (auto& section : filling.version->form) sections.push_back(&section);
        return cases::live_answer(c, filling, sections, words(c.language(), "editing.preview_tried"));
    });
}

// Other answers, another applicant, or all of it from the beginning.
Response answer(const Context& c) {
    return with_preview(c, [&](const Draft& draft, const Gate&, Filling& filling, Typed& typed) {
        if (c.request.form.get("then") == "restart")
            typed.clear();
        else {
            auto take = [&](const std::string& name) { typed["answer." + name] = {std::string(trim(c.request.form.get(name)))}; };
            for (auto& question : filling.version->questions) take(question.name);
            if (c.request.form.has(catalogue::who_applies)) take(std::string(catalogue::who_applies));
        }
        keep(c, draft, typed);
        return c.go(path_of(draft.item, preview_key));
    });
}

}  // namespace

void add_preview_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing/items/{item}/preview", Act::edit_item, [](Context& c) { return show(c); });
    routes.post("/editing/items/{item}/preview", Act::edit_item, [](Context& c) { return check_it(c); },
                {.max_body = largest_preview, .max_upload = largest_upload});
    routes.post("/editing/items/{item}/preview/live", Act::edit_item, [](Context& c) { return live(c); }, {.max_body = largest_preview});
    routes.post("/editing/items/{item}/preview/answers", Act::edit_item, [](Context& c) { return answer(c); });
}

}  // namespace yimen::editing
