#pragma once
#include <gmock/gmock.h>

#include "calendar/calendar.h"
#include "cases/store_work.h"
#include "catalogue/summary.h"
#include "catalogue/testing.h"
#include "db/testing.h"
#include "identity/store_register.h"

// For tests of whatever happens to a case: people, a clerk, officers, and the drainage permit as the program holds it.
namespace yimen::cases {

// The embedded catalogue without a database: each item has the id of its place in it and is for everybody.
class EmbeddedCatalogue final : public catalogue::Catalogue {
  public:
    EmbeddedCatalogue() {
        int64_t place = 0;
        for (auto& item : catalogue::embedded_catalogue().items) {
            auto version = std::make_shared<catalogue::ItemVersion>(item.version);
            version->id = {++place};
            // Whom an item is for has tests of its own; what people do with a case is tried with both kinds of applicant.
            version->applicants = {"person", "organisation"};
            items_.push_back(std::move(version));
        }
    }
    std::shared_ptr<const catalogue::ItemVersion> in_force(std::string_view item, Date) const override {
        for (auto& version : items_)
            if (version->item == item) return version;
        return nullptr;
    }
    std::shared_ptr<const catalogue::ItemVersion> version(catalogue::ItemVersionId id) const override {
        return id.value >= 1 && id.value <= std::ssize(items_) ? items_[id.value - 1] : nullptr;
    }
    std::shared_ptr<const catalogue::ItemSummary> summary(std::string_view item, Date day) const override {
        auto version = in_force(item, day);
        return version ? std::make_shared<const catalogue::ItemSummary>(catalogue::summary_of(*version)) : nullptr;
    }
    catalogue::Items all(Date) const override {
        catalogue::Items all;
        for (auto& version : items_) all.push_back(std::make_shared<const catalogue::ItemSummary>(catalogue::summary_of(*version)));
        return all;
    }

  private:
    std::vector<std::shared_ptr<const catalogue::ItemVersion>> items_;
};

// What a test counts on; says what was refused where it is not so.
template <class T>
T sure(Result<T, Refusal> outcome) {
    if (!outcome) throw std::runtime_error("refused: " + std::string(code(outcome.error())));
    return std::move(*outcome);
}

class WithCases : public db::OnBothDatabases {
  protected:
    WithCases() {
        database().write([&](db::Tx& tx) {
            identity::put_person(tx, keys().fields, division, {lina, "李娜", "310120199003071225", "13817046622", "上海市奉贤区南桥镇"});
            identity::put_person(tx, keys().fields, division, {zhang, "张伟", "310120198506154217", "13917046611", "上海市奉贤区奉城镇"});
            identity::put_organisation(
                tx, keys().fields, division,
                {company, "上海力向金属制品有限公司", "91310120MA1HQ5RT6E", "company", "陈建国", "上海市奉贤区", "02157421688"});
            identity::put_mandate(tx, division, {lina, company, "agent", day(1, 1), day(12, 31)});
            identity::Authority authority;
            authority.id = water;
            authority.name_zh = "奉贤区水务局";
            authority.name_en = "Fengxian District Water Authority";
            authority.credit_code = "11310120MB2F700144";
            identity::put_authority(tx, division, authority);
        });
    }

    static Date day(unsigned month, unsigned d) { return {std::chrono::year(2026), std::chrono::month(month), std::chrono::day(d)}; }
    static const crypto::Keys& keys() {
        static const crypto::Keys made{crypto::FieldCipher(std::string(32, 'k')), crypto::Sm2Key::generate(), std::string(32, 's'), "", ""};
        return made;
    }
    static const calendar::WorkingDays& days() {
        static const auto loaded = calendar::WorkingDays::embedded();
        return loaded;
    }
    static const EmbeddedCatalogue& catalogue() {
        static const EmbeddedCatalogue made;
        return made;
    }

    identity::Who applicant(identity::PersonId person, identity::OrganisationId acting_for = {}) const {
        identity::Who who;
        who.division = division;
        who.person = person;
        who.acting_for = acting_for;
        who.name = person == lina ? "李娜" : "张伟";
        who.roles = {identity::Role::applicant};
        return who;
    }
    identity::Who staff(int64_t id, std::string name, identity::Role role) const {
        identity::Who who;
        who.division = division;
        who.staff = {id};
        who.name = std::move(name);
        who.roles = {role};
        return who;
    }
    identity::Who clerk() const { return staff(31, "王芳", identity::Role::window_clerk); }
    identity::Who issuing_clerk() const { return staff(32, "孙丽", identity::Role::issuing_clerk); }
    // Authorised to examine and to decide the drainage permit.
    identity::Who officer(int64_t id = 33, std::string name = "刘强") const {
        auto who = staff(id, std::move(name), identity::Role::officer);
        who.authority = water;
        for (auto act : {identity::Act::examine_case, identity::Act::decide_case})
            who.authorisations.push_back({act, std::string(item), "*", std::nullopt, std::nullopt});
        return who;
    }

    // Of licences: those who test what stands above cases have one.
    virtual const Library* library() const { return nullptr; }

    // One act in a transaction of its own, by `who`, at `now`.
    template <class F>
    auto as(const identity::Who& who, F&& act) {
        return database().write([&](db::Tx& tx) {
            Desk desk{tx,     who,         {who.staff ? "staff" : "person", who.staff ? who.staff.value : who.person.value, "", ""},
                      now,    catalogue(), days(),
                      keys(), library()};
            return act(desk);
        });
    }

    // Food, at most 10 m³ a day, own grease trap: decided on the spot by one officer.
    static catalogue::Answers simple() {
        return {{"premises", "food"}, {"discharging", "no"},    {"daily_discharge", "6"},
                {"treatment", "yes"}, {"network", "municipal"}, {"in_person", "yes"}};
    }
    // The same with 35 m³: five working days, one examines and another decides.
    static catalogue::Answers general() {
        auto answers = simple();
        answers["daily_discharge"] = "35";
        return answers;
    }
    static catalogue::Held held() { return {"organisation:business-licence", "person:identity-card"}; }
    static catalogue::Values whole_form() {
        return {{"organisation_name", "上海力向金属制品有限公司"},
                {"credit_code", "91310120MA1HQ5RT6E"},
                {"legal_representative", "陈建国"},
                {"registered_address", "上海市奉贤区南桥镇"},
                {"contact_name", "李娜"},
                {"contact_phone", "13817046622"},
                {"delivery", "none"},
                {"site_address", "上海市奉贤区南桥镇环城东路1号"},
                {"floor_area", "120"},
                {"activity", "中式正餐"},
                {"daily_water", "6"},
                {"outlets", "1"},
                {"outlet_place", "店铺北侧"},
                {"outlet_diameter", "160"},
                {"water_sources", boost::json::array{"kitchen"}},
                {"facility_kinds", boost::json::array{"grease_trap"}},
                {"declared", "yes"}};
    }

    Case begun(const identity::Who& who, const catalogue::Answers& answers) {
        return sure(as(who, [&](Desk& desk) {
            return begin(desk, item, answers, held(), {lina, company, "上海力向金属制品有限公司"}, {});
        }));
    }
    // With the whole form and a document for each material.
    Case filled(const identity::Who& who, const catalogue::Answers& answers) {
        auto c = begun(who, answers);
        sure(as(who, [&](Desk& desk) { return save(desk, c.id, whole_form()); }));
        for (auto* material : {"drainage-plan", "pretreatment", "forecast-report"}) hand_in_document(who, c.id, material);
        return found(c.id);
    }
    Document hand_in_document(const identity::Who& who, CaseId id, std::string_view material, std::string_view bytes = "%PDF-1.7 plan") {
        return sure(as(who, [&](Desk& desk) {
            Document d;
            d.material = material;
            d.name = "平面图.pdf";
            d.media_type = "application/pdf";
            d.size = static_cast<int64_t>(bytes.size());
            d.content = put_content(desk.tx, keys().fields, division, bytes);
            return attach(desk, id, std::move(d));
        }));
    }
    Case submitted(const catalogue::Answers& answers) {
        auto c = filled(agent(), answers);
        auto number = numbers().next(division, shanghai_date(now));
        return sure(as(agent(), [&](Desk& desk) { return submit(desk, c.id, held(), number); }));
    }
    Case accepted(const catalogue::Answers& answers) {
        auto c = submitted(answers);
        return sure(as(clerk(), [&](Desk& desk) { return accept(desk, c.id); }));
    }
    // Submitted by whom: the company's agent.
    identity::Who agent() const { return applicant(lina, company); }

    Case found(CaseId id) {
        return database().read([&](db::Tx& tx) { return find(tx, keys().fields, division, id); }).value();
    }
    // What verification of everything finds.
    ledger::Report verified() {
        return ledger::verify_all(
            database(), keys().ledger,
            {{"case", [](db::Tx& tx, Division where, ledger::ChainId chain) { return case_digest(tx, keys().fields, where, chain); }}});
    }
    Numbers& numbers() {
        if (!numbers_) numbers_ = std::make_unique<Numbers>(database());
        return *numbers_;
    }
    void go_to(Date date) { now = start_of_day(date) + std::chrono::hours(10); }

    static constexpr std::string_view item = "drainage-permit-new";
    Division division{310120};
    identity::PersonId lina{11}, zhang{12};
    identity::OrganisationId company{21};
    identity::AuthorityId water{77};
    Instant now = start_of_day(day(11, 24)) + std::chrono::hours(9);  // a Tuesday

  private:
    std::unique_ptr<Numbers> numbers_;
};

}  // namespace yimen::cases
