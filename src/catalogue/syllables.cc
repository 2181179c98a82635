#include "catalogue/syllables.h"

#include <array>
#include <atomic>

#include "base/text.h"

namespace yimen::catalogue {

namespace {

// The syllables of Standard Chinese without tones (Hanyu Pinyin, GB/T 16159), in alphabetical order; ü as v.
constexpr std::string_view spelt =
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen "
    "ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong "
    "cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui "
    "dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu "
    "gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun "
    "huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou "
    "ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo "
    "long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na "
    "nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa "
    "pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong "
    "qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen "
    "seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song "
    "sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa "
    "wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao "
    "ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe "
    "zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo ";

const std::vector<std::string_view>& all() {
    static const std::vector<std::string_view> syllables = [] {
        std::vector<std::string_view> list;
        for (auto one : split(spelt, ' '))
            if (!one.empty()) list.push_back(one);
        return list;
    }();
    return syllables;
}

constexpr char32_t first_han = 0x3400, last_han = 0x9fff;

Syllable asked_of_icu(std::string_view character) {
    auto read = pinyin(character);
    return read.empty() ? no_syllable : find_syllable(read.front());
}

}  // namespace

Syllable syllable_of(std::string_view character) {
    if (character.size() != 3) return no_syllable;
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(character[at]); };
    const char32_t code = static_cast<char32_t>((byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f));
    if (code < first_han || code > last_han) return no_syllable;
    // One more than the syllable; 0 until it was asked for.
    static std::array<std::atomic<uint16_t>, last_han - first_han + 1> known{};
    auto& slot = known[code - first_han];
    if (auto found = slot.load(std::memory_order_relaxed)) return static_cast<Syllable>(found - 1);
    const auto found = asked_of_icu(character);
    slot.store(static_cast<uint16_t>(found + 1), std::memory_order_relaxed);
    return found;
}

std::string_view spelling(Syllable syllable) { return syllable == no_syllable ? std::string_view() : all()[syllable - 1u]; }

Syllable find_syllable(std::string_view text) {
    auto found = std::ranges::lower_bound(all(), text);
    return found == all().end() || *found != text ? no_syllable : static_cast<Syllable>(found - all().begin() + 1);
}

std::pair<Syllable, Syllable> syllables_from(std::string_view beginning) {
    auto first = std::ranges::lower_bound(all(), beginning);
    auto last = first;
    while (last != all().end() && last->starts_with(beginning)) ++last;
    return {static_cast<Syllable>(first - all().begin() + 1), static_cast<Syllable>(last - all().begin() + 1)};
}

}  // namespace yimen::catalogue
