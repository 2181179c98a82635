#include <benchmark/benchmark.h>

#include <iostream>
#include <random>

#include "catalogue/search.h"
#include "catalogue/summary.h"

// Finding one item among a million: a province's list, made of matters, objects, variants and places by a fixed rule. Prints
// what the index takes; the 95th of a hundred queries is what stands in the table of bin/bench.
namespace {

using namespace yimen;
using namespace yimen::catalogue;

constexpr std::string_view objects[] = {
    "排水",           "食品经营",     "道路运输",         "医疗机构执业", "公共场所卫生",     "建设工程施工", "特种设备使用",
    "危险化学品经营", "劳务派遣经营", "民办学校办学",     "出版物零售",   "营业性演出",       "烟草专卖零售", "林木采伐",
    "水域滩涂养殖",   "动物防疫条件", "城市道路占用挖掘", "户外广告设置", "临时用地",         "取水",         "排污",
    "消防设计",       "人力资源服务", "旅行社业务经营",   "养老机构",     "药品零售",         "农药经营",     "种子生产",
    "兽药经营",       "燃气经营",     "供热经营",         "机动车维修",   "网络预约出租汽车", "居住证",       "不动产",
    "医疗保险",       "失业保险",     "住房公积金",       "残疾人",       "退役军人"};
constexpr std::string_view acts[] = {"许可", "备案", "登记", "审批", "确认", "核定", "补贴申领", "资格认定", "证书核发", "信息查询"};
constexpr std::string_view variants[] = {"新办", "变更", "延续", "补办", "注销", "法定代表人变更", "地址变更", "经营范围变更"};
constexpr std::string_view places[] = {"奉贤", "浦东", "闵行", "松江", "金山", "嘉定", "青浦", "崇明",
                                       "宝山", "徐汇", "长宁", "静安", "普陀", "虹口", "杨浦", "黄浦"};
constexpr std::string_view trades[] = {"餐饮", "零售", "仓储", "印刷", "纺织", "化工", "医药", "电子", "家具", "物流",
                                       "教育", "旅游", "养殖", "种植", "建材", "汽车", "服装", "五金", "珠宝", "乐器",
                                       "玩具", "眼镜", "钟表", "图书", "花卉", "宠物", "水产", "粮油", "茶叶", "酒类"};
constexpr std::string_view words[] = {"开店",       "开厂",   "办证",   "年检", "换证", "证件丢了", "改名字", "搬家",
                                      "关门不做了", "领补贴", "找工作", "看病", "买房", "上学",     "退休"};

std::shared_ptr<const ItemSummary> item(int i) {
    static const auto offices = [] {
        std::vector<std::shared_ptr<const Text>> all;
        for (auto place : places)
            for (auto what : {"水务局", "市场监督管理局", "交通委员会", "卫生健康委员会"})
                all.push_back(std::make_shared<const Text>(Text{fmt::format("{}区{}", place, what), "District authority"}));
        return all;
    }();
    std::minstd_rand random(static_cast<unsigned>(i) * 7919u + 1);
    auto pick = [&](auto& from) { return from[random() % std::size(from)]; };
    ItemSummary s;
    s.item = fmt::format("item-{}", i);
    s.name = {fmt::format("{}{}企业{}{}（{}）", pick(places), pick(trades), pick(objects), pick(acts), pick(variants)),
              fmt::format("Matter {}", i)};
    s.summary = {fmt::format("{}行业{}，向主管部门申请。", pick(trades), pick(acts)), "Apply to the authority."};
    s.office = offices[random() % offices.size()];
    s.words = fmt::format("{}\n{}{}", pick(words), pick(trades), pick(words));
    s.catalogue_code = fmt::format("0001{:08}", i);
    s.task_code = "11310120MB2F7001444" + s.catalogue_code;
    s.popularity = static_cast<uint8_t>(random() % 100);
    return std::make_shared<const ItemSummary>(std::move(s));
}

const SearchIndex& index() {
    static const SearchIndex made = [] {
        Items items;
        constexpr int many = 1'000'000;
        items.reserve(many);
        for (int i = 0; i < many; ++i) items.push_back(item(i));
        auto began = std::chrono::steady_clock::now();
        SearchIndex index(std::move(items));
        auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        std::cerr << fmt::format("index of {} items: {:.1f} s to make, {} bytes an item\n", many, took, index.bytes() / many);
        return index;
    }();
    return made;
}

constexpr std::string_view queries[] = {
    "排水",           "证",          "开店",     "psxk",    "paishui",    "餐饮企业排水许可", "奉贤 汽车 备案", "地址变更",
    "我想开一家饭店", "水务局",      "食品经营", "zhuxiao", "buban",      "医疗机构执业许可", "000100123456",   "证件丢了",
    "种子生产登记",   "matter 4711", "xk",       "b",       "排水许可正", "城市道路",         "wlyycz",         "退役军人补贴申领",
    "浦东花卉",       "燃气",        "jd"};

void search(benchmark::State& state) {
    auto& all = index();
    std::vector<double> took;
    for (auto _ : state)
        for (auto query : queries) {
            auto began = std::chrono::steady_clock::now();
            auto hits = all.search(query, 400);
            if (hits.empty() || hits.front().part < 0.999) benchmark::DoNotOptimize(all.meant(query));
            took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
        }
    std::ranges::sort(took);
    state.counters["p50_ms"] = took[took.size() / 2];
    state.counters["p95_ms"] = took[took.size() * 95 / 100];
    state.counters["bytes_an_item"] = static_cast<double>(all.bytes()) / 1e6;
    state.SetItemsProcessed(int64_t(state.iterations()) * std::ssize(queries));
}
BENCHMARK(search)->Name("search over 1,000,000 items")->Unit(benchmark::kMillisecond)->MinTime(3);

}  // namespace

BENCHMARK_MAIN();
