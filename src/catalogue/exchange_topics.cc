#include "catalogue/exchange_national.h"

namespace yimen::catalogue {

namespace {

// The topics of the national platform's two lists (自然人, 法人), by the theme where people look for them here.
constexpr std::pair<std::string_view, std::string_view> topics[] = {{"生育收养", "marriage-family"},
                                                                    {"婚姻登记", "marriage-family"},
                                                                    {"户籍办理", "public-security"},
                                                                    {"证件办理", "public-security"},
                                                                    {"出境入境", "public-security"},
                                                                    {"公共安全", "public-security"},
                                                                    {"民族宗教", "religion"},
                                                                    {"教育科研", "education"},
                                                                    {"文体教育", "education"},
                                                                    {"入伍服役", "veterans"},
                                                                    {"优待抚恤", "veterans"},
                                                                    {"就业创业", "work"},
                                                                    {"职业资格", "work"},
                                                                    {"人力资源", "work"},
                                                                    {"离职退休", "work"},
                                                                    {"设立变更", "open-business"},
                                                                    {"准营准办", "open-business"},
                                                                    {"资质认证", "open-business"},
                                                                    {"年检年审", "open-business"},
                                                                    {"法人注销", "open-business"},
                                                                    {"抵押质押", "home"},
                                                                    {"住房保障", "home"},
                                                                    {"规划建设", "construction"},
                                                                    {"国土和规划建设", "construction"},
                                                                    {"投资审批", "construction"},
                                                                    {"招标拍卖", "construction"},
                                                                    {"社会保障", "insurance"},
                                                                    {"社会保障（社会保险、社会救助）", "insurance"},
                                                                    {"行政缴费", "finance-tax"},
                                                                    {"税收财务", "finance-tax"},
                                                                    {"融资信贷", "finance-tax"},
                                                                    {"交通出行", "transport"},
                                                                    {"交通运输", "transport"},
                                                                    {"旅游观光", "culture-sport"},
                                                                    {"文化体育", "culture-sport"},
                                                                    {"档案文物", "culture-sport"},
                                                                    {"消费维权", "trade"},
                                                                    {"商务贸易", "trade"},
                                                                    {"海关口岸", "trade"},
                                                                    {"涉外服务", "trade"},
                                                                    {"检验检疫", "trade"},
                                                                    {"质量技术", "safety"},
                                                                    {"安全生产", "safety"},
                                                                    {"公安消防", "safety"},
                                                                    {"司法公证", "justice"},
                                                                    {"知识产权", "science"},
                                                                    {"科技创新", "science"},
                                                                    {"环保绿化", "environment"},
                                                                    {"应对气候变化", "environment"},
                                                                    {"水务气象", "water"},
                                                                    {"公用事业", "energy"},
                                                                    {"医疗卫生", "health"},
                                                                    {"死亡殡葬", "living"},
                                                                    {"农林牧渔", "agriculture"}};

}  // namespace

std::optional<std::string> theme_for(std::string_view topic, const std::vector<Theme>& themes) {
    for (auto& theme : themes)
        if (theme.name == topic || theme.title.zh == topic) return theme.name;
    for (auto& [known, name] : topics)
        if (known == topic && std::ranges::find(themes, name, &Theme::name) != themes.end()) return std::string(name);
    return std::nullopt;
}

}  // namespace yimen::catalogue
