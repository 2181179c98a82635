#include "life.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json.hpp>

namespace bench {

namespace {

namespace json = boost::json;

struct Matter {
    std::string_view item, answers, form, officer;
    std::vector<std::string_view> materials;
};
// A small restaurant's drainage permit, with three documents, and its licence.
const Matter drainage{
    "drainage-permit-new",
    R"({"premises":"food","discharging":"no","daily_discharge":"6","treatment":"yes","network":"municipal","in_person":"yes"})",
    R"({"fields":{"contact_name":"李娜","contact_phone":"13800138012","delivery":"none","site_address":"上海市奉贤区环城东路1号",)"
    R"("floor_area":"1200","activity":"中式正餐，100个餐位","daily_water":"6","outlets":"1","outlet_place":"店铺北侧，接入南桥路污水管",)"
    R"("outlet_diameter":"160","water_sources":["kitchen","toilet"],"facility_kinds":["grease_trap"],"cleaning":"","remarks":"","declared":"yes"}})",
    "liuqiang",
    {"drainage-plan", "pretreatment", "forecast-report"}};
// A shrinking water quota: nobody hands in what the government has.
const Matter quota{
    "water-quota",
    R"({"kind":"adjust","increase":"0","own_source":"no"})",
    R"({"fields":{"contact_name":"李娜","contact_phone":"13800138012","account_numbers":"3120 0471 8892","industry":"金属制品","staff":"120",)"
    R"("last_quota":"9000","wanted_quota":"8000","saving":"冷却水循环使用","declared":"yes"}})",
    "gaojie",
    {}};
constexpr std::string_view boundary = "----part-of-a-case";

// Who does what: an agent for a company, and the centre's staff.
struct Person {
    std::string_view name, acting_for;
    Target as;
};

struct Run {
    const Lives& lives;
    const Matter& matter;
    Moment counts_from, ends;
    Person applicant{"lina", "91310120MA1HQ5RT6E", {}}, clerk{"wangfang", "", {}}, officer{matter.officer, "", {}}, issuer{"sunli", "", {}};
    std::vector<std::string> uploads = {};  // bodies
    Latencies whole = {};
    std::vector<std::pair<std::string, Latencies>> acts = {};
    uint64_t keys = 0, acts_done = 0, failed = 0;
    std::string why = {};

    Latencies& of(std::string_view act) {
        for (auto& [name, latencies] : acts)
            if (name == act) return latencies;
        return acts.emplace_back(act, Latencies()).second;
    }
    bool counts(Moment at) const { return at >= counts_from && at < ends; }
};

// A PDF of one empty page: what is measured is the acts, not the disk's taking of scans.
std::string empty_page() {
    std::string pdf = "%PDF-1.4\n";
    std::vector<size_t> places;
    for (auto* object : {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"}) {
        places.push_back(pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", places.size(), object);
    }
    auto table = pdf.size();
    pdf += fmt::format("xref\n0 {}\n0000000000 65535 f \n", places.size() + 1);
    for (auto place : places) pdf += fmt::format("{:010} 00000 n \n", place);
    return pdf + fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", places.size() + 1, table);
}

std::string upload_body(std::string_view material, const std::string& document) {
    return fmt::format(
        "--{0}\r\nContent-Disposition: form-data; name=\"material\"\r\n\r\n{1}\r\n"
        "--{0}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"document.pdf\"\r\nContent-Type: "
        "application/pdf\r\n\r\n{2}\r\n--{0}--\r\n",
        boundary, material, document);
}

// One act; what it answered as an object, nothing where it was refused.
Await<std::optional<json::object>> act(Client& client, Run& run, std::string_view name, Person& who, std::string_view method,
                                       std::string path, std::string_view body, std::string type = "application/json") {
    auto more =
        fmt::format("Content-Type: {}\r\nIdempotency-Key: bench-{}-{}\r\n", type, run.counts_from.time_since_epoch().count(), ++run.keys);
    auto request = who.as.request(method, path, body, more);
    auto began = now();
    auto answer = co_await client.ask(request, true);
    auto ended = now();
    if (answer.status < 200 || answer.status > 299) {
        ++run.failed;
        if (run.why.empty()) run.why = fmt::format("{}: {} {}", name, answer.status, answer.body.substr(0, 300));
        co_return std::nullopt;
    }
    if (run.counts(ended)) run.of(name).add(ended - began), ++run.acts_done;
    boost::system::error_code none;
    auto value = json::parse(answer.body, none);
    co_return value.is_object() ? std::optional(value.as_object()) : std::optional(json::object());
}

Await<bool> hand_in(Client& client, Run& run, const std::string& own) {
    auto saved = co_await act(client, run, "save", run.applicant, "PATCH", own + "/form", run.matter.form);
    if (!saved) co_return false;
    for (auto& upload : run.uploads) {
        auto added = co_await act(client, run, "attach", run.applicant, "POST", own + "/documents", upload,
                                  fmt::format("multipart/form-data; boundary={}", boundary));
        if (!added) co_return false;
    }
    auto submitted = co_await act(client, run, "submit", run.applicant, "POST", own + "/submit", "{}");
    co_return submitted.has_value();
}

Await<bool> decide(Client& client, Run& run, const std::string& work) {
    auto accepted = co_await act(client, run, "accept", run.clerk, "POST", work + "/accept", "{}");
    if (!accepted) co_return false;
    auto decided =
        co_await act(client, run, "decide", run.officer, "POST", work + "/decision", R"({"decision":"grant","reasons":"符合条件"})");
    if (!decided) co_return false;
    auto made = co_await act(client, run, "make result", run.issuer, "POST", work + "/result", "{}");
    if (!made) co_return false;
    auto delivered =
        co_await act(client, run, "deliver", run.issuer, "POST", work + "/delivery", R"({"how":"window","received_by":"李娜"})");
    co_return delivered.has_value();
}

Await<bool> one_life(Client& client, Run& run) {
    auto begun = co_await act(client, run, "begin", run.applicant, "POST", "/api/cases",
                              fmt::format(R"({{"item":"{}","answers":{}}})", run.matter.item, run.matter.answers));
    if (!begun) co_return false;
    std::string id(begun->at("id").as_string());
    bool handed_in = co_await hand_in(client, run, "/api/cases/" + id);
    if (!handed_in) co_return false;
    bool done = co_await decide(client, run, "/api/work/" + id);
    co_return done;
}

Await<void> live_on(asio::io_context& context, Run& run) {
    Client client(context, run.lives.port);
    for (auto began = now(); began < run.ends && run.failed < 100; began = now()) {
        bool whole = co_await one_life(client, run);
        auto ended = now();
        if (whole && run.counts(ended)) run.whole.add(ended - began);
    }
}

Await<void> sign_in(asio::io_context& context, Run& run) {
    Client client(context, run.lives.port);
    for (auto* person : {&run.applicant, &run.clerk, &run.officer, &run.issuer}) {
        auto body =
            json::serialize(json::object{{"name", person->name}, {"password", run.lives.password}, {"acting_for", person->acting_for}});
        Target target{run.lives.port, {}};
        auto answer = co_await client.ask(target.request("POST", "/api/session", body), true);
        if (answer.status != 201)
            throw std::runtime_error(fmt::format("{} cannot sign in: {} {}", person->name, answer.status, answer.body));
        auto token = json::parse(answer.body).at("token");
        person->as = {run.lives.port, {fmt::format("Authorization: Bearer {}", std::string_view(token.as_string()))}};
    }
}

}  // namespace

boost::json::object run_lives(const Lives& lives) {
    asio::io_context context{1};
    Run run{lives, lives.without_documents ? quota : drainage, {}, {}};
    const auto document = lives.document.empty() ? empty_page() : lives.document;
    for (auto material : run.matter.materials) run.uploads.push_back(upload_body(material, document));
    std::exception_ptr failure;
    asio::co_spawn(context, sign_in(context, run), [&](std::exception_ptr e) { failure = e; });
    context.run();
    if (failure) std::rethrow_exception(failure);
    context.restart();
    run.counts_from = now() + std::chrono::nanoseconds(static_cast<int64_t>(lives.warm_up * 1e9));
    run.ends = run.counts_from + std::chrono::nanoseconds(static_cast<int64_t>(lives.seconds * 1e9));
    for (int i = 0; i < lives.at_once; ++i) asio::co_spawn(context, live_on(context, run), asio::detached);
    context.run();
    json::object acts;
    for (auto& [name, latencies] : run.acts) acts[name] = latencies.figures();
    return {{"cases_per_second", static_cast<double>(run.whole.count()) / lives.seconds},
            {"acts_per_second", static_cast<double>(run.acts_done) / lives.seconds},
            {"failed", run.failed},
            {"why", run.why},
            {"life", run.whole.figures()},
            {"acts", std::move(acts)}};
}

}  // namespace bench
