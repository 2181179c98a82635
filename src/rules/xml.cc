#include "rules/xml.h"

#include "base/text.h"

namespace yimen::rules {

Result<std::shared_ptr<pugi::xml_document>, Fault> read_xml(std::string_view bytes) {
    if (!valid_utf8(bytes)) return refuse(Fault{"", "", 0, "this is not UTF-8: save it as UTF-8", "不是 UTF-8 编码的文件，请以 UTF-8 保存"});
    auto document = std::make_shared<pugi::xml_document>();
    auto parsed = document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!parsed)
        return refuse(Fault{"", "", size_t(parsed.offset) + 1, fmt::format("this is not well-formed XML: {}", parsed.description()),
                            "不是格式良好的 XML 文件"});
    for (auto node : document->children())
        if (node.type() == pugi::node_doctype)
            return refuse(Fault{"", "", 1, "a document type declaration is not accepted", "不接受文档类型声明（DOCTYPE）"});
    return document;
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
