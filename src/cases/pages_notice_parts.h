#pragma once
#include "cases/cases.h"
#include "catalogue/licence_types.h"
#include "document/document.h"
#include "web/templates.h"

// Only for pages_notice_text.cc: the parts that notices are put together from.
namespace yimen::cases {

class NoticeSheet {
  public:
    NoticeSheet(const Notice&, const Case&, const catalogue::ItemVersion&, Language);

    // What the content says; older notices lack what is kept only since.
    bool has(std::string_view key) const { return content_.contains(key); }
    bool flag(std::string_view key) const;
    std::string text(std::string_view key) const;
    // Whether what is granted is valid for a time that begins now, or ends.
    bool has_term() const { return !catalogue::term_words(version_).zh.empty(); }
    bool cancels() const { return version_.licence_effect == catalogue::LicenceEffect::cancellation; }

    // Each text is "notices.<key>".
    void heading(std::string_view key);
    void paragraph(std::string_view key);
    // A heading over what somebody wrote; nothing where they wrote nothing.
    void said(std::string_view content_key, std::string_view heading_key);
    void case_facts();
    void received_materials();
    // Materials of the content's list, each with why nobody had to bring it now.
    void listed(std::string_view content_key, std::string_view heading_key);
    void corrections();
    void limits();

    document::Notice finish() &&;

  private:
    std::string words(std::string_view key) const;
    std::string day(std::string_view content_key) const;
    std::string material(std::string_view code) const;
    std::string basis() const;
    web::View values() const;
    void table(std::vector<std::string> heads, std::vector<int> widths, std::vector<std::vector<std::string>> rows);
    document::Notice::Block& add();

    const Notice& notice_;
    const boost::json::object& content_;
    const Case& case_;
    const catalogue::ItemVersion& version_;
    Language language_;
    document::Notice made_;
    web::View values_;  // what the texts' {names} stand for
};

}  // namespace yimen::cases
