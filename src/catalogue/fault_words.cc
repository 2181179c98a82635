#include "catalogue/fault_words.h"

#include <regex>

namespace yimen::catalogue {

std::string in_chinese(const std::string& message) {
    static const std::vector<std::pair<std::regex, std::string>> known{
        {std::regex("^(missing|empty): write it.*"), "没有填写"},
        {std::regex("^must be a whole number from (-?\\d+) to (-?\\d+)$"), "应为 $1 至 $2 的整数"},
        {std::regex("^write it in both languages.*"), "请同时填写中文和英文"},
        {std::regex("^unknown name; known here: (.*)$"), "不认识这个名称，这里可用的有：$1"},
        {std::regex("^\"(.*)\" is unknown here; it may be (.*)$"), "“$1”在这里不可用，可用的有：$2"},
        {std::regex("^a second (\\S+) \"(.*)\": rename one$"), "“$2”重复了，请改一个名称"},
        {std::regex("^there is no question or field \"(.*)\" before this$"), "前面没有名为“$1”的问题或字段"},
        {std::regex("^\"(.*)\" has no answer \"(.*)\"; it has (.*)$"), "“$1”没有答案“$2”，只有：$3"},
        {std::regex("^say what it rests on$"), "请写明设定依据"},
        {std::regex("^situations: at least one is needed$"), "至少要有一个情形"},
        {std::regex("^channels: at least one is needed$"), "至少要有一个办理渠道"},
        {std::regex("^themes: at least one is needed.*"), "至少要有一个主题，否则浏览时找不到"},
        {std::regex("^words: write the everyday words.*"), "请填写大家平时搜索用的词"},
        {std::regex("^online needs form.*"), "可以网上办理的事项要有表单"},
        {std::regex("^promised is longer than statutory.*"), "承诺时限比法定时限长，承诺只能更短"},
        {std::regex("^online applications upload it.*"), "网上办理时要上传，请选择文件类型"},
        {std::regex("^a question of kind choice needs two choices.*"), "选择题至少要有两个选项，其他题不能有选项"},
        {std::regex("^fields of kind choice.*"), "选择字段要有选项，其他字段不能有选项"},
        {std::regex("^a form needs at least one section$"), "表单至少要有一节"},
    };
    for (auto& [pattern, sentence] : known)
        if (std::regex_match(message, pattern)) return std::regex_replace(message, pattern, sentence);
    return message;
}

}  // namespace yimen::catalogue
