#include "identity/demo.h"

#include <boost/json.hpp>

#include "identity/register.h"
#include "identity/store_accounts.h"

namespace yimen::identity {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Date a_year_ago(2025y, std::chrono::January, 1d);

// Of data/catalogue, with the same code. The departments are registered from there; in a catalogue without it, it is made here.
const Authority water{{}, "奉贤区水务局", "Fengxian District Water Authority", "11310120MB2F700144", "上海市奉贤区望园南路1529弄", "12345"};

// Of the water authority for its drainage permits; or of the centre itself, for every item of every department.
enum class Authorised { nothing, drainage, everything };
struct DemoStaff {
    std::string_view account, name;
    Roles posts;
    Authorised authorised = Authorised::nothing;
};
const DemoStaff staff[] = {
    {"wangfang", "王芳", {Role::guide_clerk, Role::window_clerk}},
    {"liuqiang", "刘强", {Role::officer}, Authorised::drainage},
    {"zhaomin", "赵敏", {Role::officer}, Authorised::drainage},
    {"gaojie", "高洁", {Role::officer}, Authorised::everything},
    {"hejun", "何军", {Role::officer}, Authorised::everything},
    {"linfeng", "林峰", {Role::officer}, Authorised::everything},
    {"sunli", "孙丽", {Role::issuing_clerk}},
    {"zhouhai", "周海", {Role::director}},
    {"wulei", "吴磊", {Role::administrator}},
    {"zhengjie", "郑洁", {Role::auditor}},
    {"xujing", "徐静", {Role::analyst}},
    {"gaoyuan", "高远", {Role::analyst}},
};
constexpr std::string_view drainage_items[] = {"drainage-permit-new", "drainage-permit-change", "drainage-permit-renewal"};

// Makes one thing after the other in a transaction and records each.
class Maker {
  public:
    Maker(db::Tx& tx, Division division, const crypto::FieldCipher& cipher, const std::string& password, Instant now)
        : tx_(tx), division_(division), cipher_(cipher), password_(password), by_{division, {"system", 0, "", ""}, now} {}

    void make() {
        register_authority(tx_, by_, water);
        water_ = find_authority_by_code(tx_, division_, water.credit_code).value().id;
        make_applicants();
        for (auto& member : staff) make_staff(member);
    }

  private:
    void make_applicants() {
        auto zhangwei = person("张伟", "310120198805121230", "13800138011", "上海市奉贤区南桥镇人民中路88弄6号302室");
        auto lina = person("李娜", "310120199003071221", "13800138012", "上海市奉贤区奉浦街道韩谊路168弄12号501室");
        auto chen = person("陈建国", "310104196809173012", "13800138013", "上海市徐汇区漕溪北路18号1203室");
        auto company = organisation("上海力向金属制品有限公司", "91310120MA1HQ5RT6E", "company", "陈建国", "上海市奉贤区金海公路6055号11幢",
                                    "021-57420188");
        auto snack_bar = organisation("奉贤区南桥镇张伟点心店", "92310120MA1JT8KU3Q", "sole_trader", "张伟",
                                      "上海市奉贤区南桥镇人民中路92号", "13800138011");
        mandate(chen, company, "legal_representative", {});
        mandate(lina, company, "agent", Date(2027y, std::chrono::December, 31d));
        mandate(zhangwei, snack_bar, "owner", {});
        account("zhangwei", zhangwei, {});
        account("lina", lina, {});
        for (auto [id, act] : acts_) record(tx_, by_, act, id, "register", nullptr, json::object{{"demonstration", true}});
    }

    PersonId person(std::string name, std::string number, std::string phone, std::string address) {
        if (!ResidentNumber::parse(number, shanghai_date(by_.at))) throw std::logic_error("not an identity number: " + number);
        auto id = make_id<PersonTag>();
        put_person(tx_, cipher_, division_, {id, std::move(name), number, std::move(phone), std::move(address)});
        insert_held_document(tx_, division_, {id, {}, "person:identity-card", masked_number(number), "上海市公安局奉贤分局", {}});
        acts_.emplace_back(id.value, "person");
        return id;
    }

    OrganisationId organisation(std::string name, std::string code, std::string kind, std::string representative, std::string address,
                                std::string phone) {
        if (!CreditCode::parse(code)) throw std::logic_error("not a credit code: " + code);
        auto id = make_id<OrganisationTag>();
        put_organisation(tx_, cipher_, division_,
                         {id, std::move(name), code, std::move(kind), std::move(representative), std::move(address), std::move(phone)});
        insert_held_document(tx_, division_, {{}, id, "organisation:business-licence", code, "奉贤区市场监督管理局", {}});
        acts_.emplace_back(id.value, "organisation");
        return id;
    }

    void mandate(PersonId person, OrganisationId organisation, std::string kind, std::optional<Date> to) {
        put_mandate(tx_, division_, {person, organisation, std::move(kind), a_year_ago, to});
    }

    void make_staff(const DemoStaff& member) {
        auto id = make_id<StaffTag>();
        put_staff(tx_, division_,
                  {id, std::string(member.name), member.posts, member.authorised == Authorised::drainage ? water_ : AuthorityId{}});
        if (member.authorised == Authorised::drainage)
            for (auto item : drainage_items) authorise(id, item);
        if (member.authorised == Authorised::everything) authorise(id, "*");
        account(member.account, {}, id);
        record(tx_, by_, "staff", id.value, "register", nullptr, json::object{{"demonstration", true}, {"posts", member.posts.bits}});
    }

    void authorise(StaffId id, std::string_view item) {
        for (auto act : {Act::examine_case, Act::decide_case})
            insert_authorisation(tx_, division_,
                                 {next_id(), id, {act, std::string(item), "*", a_year_ago, Date(2027y, std::chrono::December, 31d)}});
    }

    void account(std::string_view name, PersonId person, StaffId member) {
        auto id = make_id<AccountTag>();
        insert_account(tx_, division_, {id, std::string(name), password_, person, member, 0, {}});
        record(tx_, by_, "account", id.value, "register", nullptr, json::object{{"demonstration", true}});
    }

    db::Tx& tx_;
    Division division_;
    const crypto::FieldCipher& cipher_;
    const std::string& password_;
    By by_;
    AuthorityId water_;
    std::vector<std::pair<int64_t, std::string_view>> acts_;
};

}  // namespace

std::span<const DemoIdentity> demo_identities() {
    static constexpr DemoIdentity all[] = {{"lina", "李娜", false},    {"zhangwei", "张伟", false}, {"wangfang", "王芳", true},
                                           {"liuqiang", "刘强", true}, {"zhaomin", "赵敏", true},   {"gaojie", "高洁", true},
                                           {"hejun", "何军", true},    {"linfeng", "林峰", true},   {"sunli", "孙丽", true},
                                           {"zhouhai", "周海", true},  {"wulei", "吴磊", true},     {"zhengjie", "郑洁", true},
                                           {"xujing", "徐静", true},   {"gaoyuan", "高远", true}};
    return all;
}

void make_demo_people(db::Database& database, Division division, const crypto::Keys& keys, Instant now, crypto::PasswordCost cost) {
    auto made = [&](db::Tx& tx) { return find_account(tx, division, "zhangwei").has_value(); };
    if (database.read(made)) return;
    // One hash for all: the password is printed in the README anyway, and one each would cost a second of start-up.
    auto password = crypto::hash_password(demo_password, cost);
    try {
        database.write([&](db::Tx& tx) {
            if (!made(tx)) Maker(tx, division, keys.fields, password, now).make();
        });
    } catch (const db::Duplicate&) {
        if (!database.read(made)) throw;  // otherwise another node was first
    }
}

}  // namespace yimen::identity
