#include "base/codes_reading.h"

namespace yimen {
namespace {

struct Sentence {
    std::string_view zh, en;
};

Sentence sentence(CodeError::Kind kind) {
    switch (kind) {
        case CodeError::Kind::length:
            return {"长度不对：从第 {} 位起缺少字符或多出字符。",
                    "The length is wrong: from character {} on, characters are missing or too many."};
        case CodeError::Kind::character:
            return {"第 {} 位不能是这个字符，请检查是否把数字误输为字母（如把 0 输成 O）。",
                    "Character {} cannot stand there: look for a letter typed in place of a digit, such as O for 0."};
        case CodeError::Kind::division:
            return {"第 {} 位有误：开头两位不是省级行政区划代码。",
                    "Character {} is wrong: the first two digits are not the code of a province."};
        case CodeError::Kind::date:
            return {"从第 {} 位起的日期不存在，或晚于今天。", "The date at character {} does not exist, or is later than today."};
        case CodeError::Kind::check:
            return {"第 {} 位校验位与前面的字符不符，请核对是否有输错或颠倒的字符。",
                    "The check character, character {}, does not agree with the others: look for a wrong or swapped character."};
        case CodeError::Kind::structure:
            return {"从第 {} 位起不符合编码规则，请对照证照或通知书重新输入。",
                    "From character {} on this is not built like such a code: compare it with the licence or notice."};
    }
    return {"第 {} 位有误。", "Character {} is wrong."};
}

}  // namespace

std::string describe(const CodeError& error, Language language) {
    const Sentence words = sentence(error.kind);
    return fmt::format(fmt::runtime(language == Language::zh ? words.zh : words.en), error.position + 1);
}

}  // namespace yimen
