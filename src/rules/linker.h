#pragma once
#include "rules/boxed.h"

namespace yimen::rules {

// A file being compiled.
struct Document {
    std::shared_ptr<pugi::xml_document> xml;
    Xml root;
    std::string name_space, name;
    std::shared_ptr<const std::vector<size_t>> lines;
    struct Import {
        std::string prefix;
        size_t document;
    };
    std::vector<Import> imports;
    std::map<std::string, const Type*, std::less<>> types;  // under each name they have here
};

// Makes one program of a model and of those that it imports.
class Linker {
  public:
    Result<std::shared_ptr<Program>, Fault> link(std::string_view file, std::span<const std::string> files);

  private:
    // With the lines of its file where they are to be told.
    Result<size_t, Fault> open(std::shared_ptr<pugi::xml_document>, int depth, std::shared_ptr<const std::vector<size_t>> lines = {});
    Result<Done, Fault> gather(std::span<const std::string> files);
    void declare_types(Document&);
    void fill_type(Type&, Xml item, Document&, int depth);
    void fill_allowed(Type&, Xml item);
    void declare_elements(size_t document);
    void connect(size_t element);
    void compile_decision(size_t element, Xml);
    void compile_knowledge(size_t element, Xml);
    void compile_service(size_t element, Xml);
    std::optional<size_t> target(const Document&, std::string_view href);
    void require(ProgramElement&, Scope&, Xml requirement, const char* kind);
    void name_in(Scope&, const Document&, const ProgramElement&, Binding);
    std::vector<std::string> path_to(const Document& from, const std::string& name_space, int depth);

    std::shared_ptr<Program> program_ = std::make_shared<Program>();
    Compiling all_{*program_, {}, {}, {}, {}};
    std::deque<Document> documents_;
    std::map<std::string, std::shared_ptr<pugi::xml_document>> waiting_;  // by namespace, not imported yet
    std::map<std::string, size_t> opened_;
    std::map<std::string, size_t> by_id_;  // "namespace#id"
    std::vector<std::pair<size_t, Xml>> sources_;
};

}  // namespace yimen::rules
