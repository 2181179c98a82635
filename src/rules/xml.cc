#include "rules/xml.h"

#include "base/text.h"

namespace yimen::rules {

Result<std::shared_ptr<pugi::xml_document>, Fault> read_xml(std::string_view bytes) {
    if (!valid_utf8(bytes))
        return refuse(Fault{"", "", 0, "this is not UTF-8: save it as UTF-8", "不是 UTF-8 编码的文件，请以 UTF-8 保存"});
    auto document = std::make_shared<pugi::xml_document>();
    auto parsed = document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata,
                                        pugi::encoding_utf8);
    if (!parsed)
        return refuse(Fault{"", "", size_t(parsed.offset) + 1, fmt::format("this is not well-formed XML: {}", parsed.description()),
                            "不是格式良好的 XML 文件", line_at(size_t(parsed.offset), *lines_of(bytes))});
    for (auto node : document->children())
        if (node.type() == pugi::node_doctype)
            return refuse(Fault{"", "", 1, "a document type declaration is not accepted", "不接受文档类型声明（DOCTYPE）",
                                line_of(node, lines_of(bytes))});
    return document;
}

std::shared_ptr<const std::vector<size_t>> lines_of(std::string_view bytes) {
    auto lines = std::make_shared<std::vector<size_t>>(1, 0);
    for (size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\n') lines->push_back(i + 1);
    return lines;
}

int line_at(size_t offset, const std::vector<size_t>& lines) { return int(std::ranges::upper_bound(lines, offset) - lines.begin()); }

int line_of(Xml node, const std::shared_ptr<const std::vector<size_t>>& lines) {
    auto offset = node.offset_debug();
    return lines && offset >= 0 ? line_at(size_t(offset), *lines) : 0;
}

std::string_view local(Xml node) {
    std::string_view name = node.name();
    auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

Xml child(Xml node, std::string_view name) {
    for (auto c : node.children())
        if (local(c) == name) return c;
    return {};
}

std::vector<Xml> children(Xml node, std::string_view name) {
    std::vector<Xml> out;
    for (auto c : node.children())
        if (local(c) == name) out.push_back(c);
    return out;
}

std::string_view attribute(Xml node, const char* name) { return node.attribute(name).value(); }

std::string text_in(Xml node) {
    std::string out;
    for (auto c : node.children())
        if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) out += c.value();
    return out;
}

std::string text_of_child(Xml node, std::string_view name) { return std::string(trim(text_in(child(node, name)))); }

}  // namespace yimen::rules
