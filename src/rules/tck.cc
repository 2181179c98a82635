#include "rules/tck.h"

#include <fstream>

#include "base/text.h"
#include "rules/tck_values.h"

namespace yimen::rules {

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A folder of the kit while its cases are run.
struct Folder {
    fs::path path;
    Instant now;
    TckReport& report;
    std::map<std::string, std::string> files;  // models, by file name
    std::map<std::string, Result<Model, Fault>> models;

    bool well = true;  // the case at hand

    void failed(const fs::path& file, std::string test, std::string result, std::string reason) {
        if (!std::exchange(well, false)) return;
        report.failures.push_back({file.string(), std::move(test), std::move(result), std::move(reason)});
    }

    // A file of cases of which none can be run counts as one that failed.
    void unreadable(const fs::path& file, std::string reason) {
        ++report.failed;
        report.failures.push_back({file.string(), "", "", std::move(reason)});
    }

    const Result<Model, Fault>& model(const std::string& name) {
        auto found = models.find(name);
        if (found != models.end()) return found->second;
        std::vector<std::string> others;
        for (auto& [other, bytes] : files)
            if (other != name) others.push_back(bytes);
        return models.emplace(name, Model::read(files[name], others)).first->second;
    }

    void run_file(const fs::path& file);
    void run_case(const fs::path& file, const Model&, Xml test, const std::string& id);
    void judge(const fs::path& file, const std::string& id, Xml expected, const Outcome&);
};

std::string reason_of(const Value& expected, const Outcome& got) {
    auto out = fmt::format("expected {}, got {}", expected.text(), got.value.text());
    if (!got.notes.empty()) out += fmt::format(" ({})", got.notes[0].en);
    return out;
}

// What a knowledge model is called with: the inputs of the case by their names.
Value arguments_in(Xml test) {
    Members members;
    for (auto input : children(test, "inputNode"))
        if (auto value = tck_value(input)) members.emplace_back(name_of(attribute(input, "name")), std::move(*value));
    return Value::context(std::move(members));
}

void Folder::judge(const fs::path& file, const std::string& id, Xml result, const Outcome& got) {
    std::string name(attribute(result, "name"));
    if (attribute(result, "errorResult") == "true") {
        if (!got.value.null()) failed(file, id, name, fmt::format("expected an error, got {}", got.value.text()));
        return;
    }
    auto expected = tck_value(child(result, "expected"));
    if (!expected) return failed(file, id, name, "the expected value cannot be read");
    if (!tck_same(*expected, got.value)) failed(file, id, name, reason_of(*expected, got));
}

void Folder::run_case(const fs::path& file, const Model& model, Xml test, const std::string& id) {
    std::vector<Model::Given> given;
    auto elements = model.elements();
    for (auto input : children(test, "inputNode")) {
        auto element = model.find(attribute(input, "name"), attribute(input, "namespace"));
        auto value = tck_value(input);
        if (!value) return failed(file, id, std::string(attribute(input, "name")), "the input cannot be read");
        if (element) given.push_back({*element, std::move(*value)});
    }
    Model::Asked asked;
    asked.now = now;
    auto type = attribute(test, "type");
    for (auto result : children(test, "resultNode")) {
        std::string name(attribute(result, "name"));
        bool named = (type == "decisionService" || type == "bkm") && !attribute(test, "invocableName").empty();
        auto element =
            model.find(named ? attribute(test, "invocableName") : std::string_view(name), named ? "" : attribute(result, "namespace"));
        if (!element) {
            if (attribute(result, "errorResult") != "true") failed(file, id, name, "the model has no such decision");
            continue;
        }
        auto outcome = type == "bkm" ? *model.evaluate(attribute(test, "invocableName"), arguments_in(test), asked)
                                     : model.evaluate(*element, given, asked);
        // Of a service with several outputs each is asked for by its own name.
        if (named && outcome.value.is(Kind::context) && outcome.value.member(name)) outcome.value = Value(*outcome.value.member(name));
        judge(file, id, result, outcome);
    }
}

void Folder::run_file(const fs::path& file) {
    auto xml = read_xml(bytes_of(file));
    if (!xml) return unreadable(file, xml.error().text(Language::en));
    auto root = (*xml)->document_element();
    auto name = text_of_child(root, "modelName");
    if (name.empty()) name = file.filename().string().substr(0, file.filename().string().find("-test-"));
    if (!files.contains(name) && files.contains(name + ".dmn")) name += ".dmn";
    if (!files.contains(name)) return unreadable(file, name + ": the model is not there");
    auto& read = model(name);
    int number = 0;
    for (auto test : children(root, "testCase")) {
        ++number;
        std::string id(attribute(test, "id"));
        if (id.empty()) id = std::to_string(number);
        well = true;
        if (read)
            run_case(file, *read, test, id);
        else
            failed(file, id, "", read.error().text(Language::en));
        ++(well ? report.passed : report.failed);
    }
}

void run_folder(const fs::path& path, Instant now, TckReport& report) {
    std::vector<fs::path> folders, tests;
    Folder folder{path, now, report, {}, {}};
    std::error_code gone;
    for (auto& entry : fs::directory_iterator(path, gone)) {
        auto name = entry.path().filename().string();
        if (entry.is_directory())
            folders.push_back(entry.path());
        else if (name.ends_with(".dmn"))
            folder.files[name] = bytes_of(entry.path());
        else if (name.ends_with(".xml") && bytes_of(entry.path()).find("testCases") != std::string::npos)
            tests.push_back(entry.path());
    }
    std::ranges::sort(folders);
    std::ranges::sort(tests);
    for (auto& test : tests) folder.run_file(test);
    for (auto& inner : folders) run_folder(inner, now, report);
}

}  // namespace

TckReport run_tck(const fs::path& directory, Instant now) {
    TckReport report;
    run_folder(directory, now, report);
    return report;
}

}  // namespace yimen::rules
