#include "cases/pages_form.h"
#include "editing/gate.h"
#include "editing/pages_shared.h"

// The draft's form as an applicant would see it, made by the applicant's own pages, for answers chosen here.
namespace yimen::editing {

namespace {

using catalogue::Question;

// What registers would know of an invented applicant.
const catalogue::Facts& sample_facts() {
    static const catalogue::Facts facts{{"organisation.name", "上海示例有限公司"},
                                        {"organisation.credit_code", "91310120MA1HQ5RT6E"},
                                        {"organisation.legal_representative", "王示例"},
                                        {"organisation.address", "上海市奉贤区南桥镇示例路1号"},
                                        {"person.name", "李示例"},
                                        {"person.phone", "13800138000"},
                                        {"person.address", "上海市奉贤区南桥镇示例路1号"}};
    return facts;
}

// The first choice stands until another is chosen, so that there is always a form to see.
catalogue::Answers answers_of(const Context& c, const catalogue::ItemVersion& version) {
    catalogue::Answers answers;
    for (auto& question : version.questions) {
        std::string chosen(c.request.query.get(question.name));
        if (chosen.empty() || !catalogue::possible(question, chosen))
            chosen = question.kind == Question::Kind::choice ? question.choices.front().value : question.kind == Question::Kind::number ? "1" : "yes";
        answers[question.name] = chosen;
    }
    return answers;
}

json::array questions_view(const Context& c, const catalogue::ItemVersion& version, const catalogue::Answers& answers) {
    json::array all;
    for (auto& question : version.questions) {
        json::array options;
        auto add = [&](const std::string& value, const std::string& text) {
            options.push_back(View{{"value", value}, {"text", text}, {"chosen", answers.at(question.name) == value}});
        };
        for (auto& choice : question.choices) add(choice.value, choice.label.in(c.language()));
        if (question.kind == Question::Kind::yes_no)
            for (auto* word : {"yes", "no"}) add(word, word_of(c.language(), "editing.option_", word));
        all.push_back(View{{"question", question.name}, {"text", question.label.in(c.language())}, {"is_number", question.kind == Question::Kind::number},
                           {"value", answers.at(question.name)}, {"options", std::move(options)}});
    }
    return all;
}

Response show(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto found = gate(*draft, c.today());
    auto view = head_view(c, *draft);
    view["title"] = fmt::format("{} · {}", word_of(c.language(), "editing.part_", "preview"), std::string_view(view.at("name").as_string()));
    view["readable"] = found.version != nullptr;
    add_company(c, draft->item, "preview", view);
    if (!found.version) return c.page(200, "editing/preview", std::move(view));
    auto& version = *found.version;
    cases::Filling filling;
    filling.version = found.version;
    filling.facts = sample_facts();
    filling.file.answers = answers_of(c, version);
    filling.file.form = catalogue::prefill(version, filling.facts, filling.file.answers);
    json::array sections;
    for (auto& section : version.form) {
        json::array fields;
        for (auto& field : section.fields) fields.push_back(cases::field_view(filling, field, filling.file.form, c.language(), {}));
        sections.push_back(View{{"heading", section.title.in(c.language())}, {"intro", section.intro.in(c.language())}, {"fields", std::move(fields)}});
    }
    view["has_questions"] = !version.questions.empty();
    view["questions"] = questions_view(c, version, filling.file.answers);
    view["has_sections"] = !sections.empty();
    view["sections"] = std::move(sections);
    return c.page(200, "editing/preview", std::move(view));
}

}  // namespace

void add_preview_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing/items/{item}/preview", Act::edit_item, [](Context& c) { return show(c); });
}

}  // namespace yimen::editing
