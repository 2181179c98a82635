#include <endian.h>
#include <poll.h>

#include "db/postgresql.h"

namespace yimen::db {

namespace {

constexpr Oid type_bool = 16, type_bytes = 17, type_name = 19, type_int8 = 20, type_int4 = 23, type_text = 25, type_varchar = 1043;

Oid type_of(const Param& param) {
    if (std::holds_alternative<int64_t>(param.value)) return type_int8;
    if (std::holds_alternative<std::string_view>(param.value)) return type_text;
    if (std::holds_alternative<BlobView>(param.value)) return type_bytes;
    return 0;  // null: the server infers it from where it stands
}

// Parameters in the binary form libpq wants: arrays of pointers and lengths.
struct Bound {
    std::vector<uint64_t> numbers;
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    Bound(const Param* params, size_t count) : numbers(count), values(count), lengths(count), formats(count, 1) {
        for (size_t i = 0; i < count; ++i) bind(params[i], i);
    }
    void bind(const Param& param, size_t i) {
        if (auto* number = std::get_if<int64_t>(&param.value)) {
            numbers[i] = htobe64(static_cast<uint64_t>(*number));
            set(i, {reinterpret_cast<const char*>(&numbers[i]), 8});
        } else if (auto* text = std::get_if<std::string_view>(&param.value)) {
            set(i, *text);
        } else if (auto* blob = std::get_if<BlobView>(&param.value)) {
            set(i, blob->bytes);
        }
    }
    void set(size_t i, std::string_view bytes) {
        values[i] = bytes.data() ? bytes.data() : "";
        lengths[i] = static_cast<int>(bytes.size());
    }
};

Cell read_cell(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column)) return std::monostate{};
    const char* bytes = PQgetvalue(result, row, column);
    auto length = static_cast<size_t>(PQgetlength(result, row, column));
    switch (PQftype(result, column)) {
        case type_int8: {
            uint64_t raw;
            std::memcpy(&raw, bytes, 8);
            return static_cast<int64_t>(be64toh(raw));
        }
        case type_int4: {
            uint32_t raw;
            std::memcpy(&raw, bytes, 4);
            return int64_t{static_cast<int32_t>(be32toh(raw))};
        }
        case type_bool:
            return int64_t{*bytes != 0};
        case type_bytes:
            return BlobView{{bytes, length}};
        case type_text:
        case type_varchar:
        case type_name:
            return std::string_view(bytes, length);
        default:
            throw std::logic_error(fmt::format("a column of PostgreSQL type {}: cast it", PQftype(result, column)));
    }
}

Rows rows_of(PGresult* result) {
    std::shared_ptr<void> keep(result, [](void* r) { PQclear(static_cast<PGresult*>(r)); });
    int rows = PQntuples(result), columns = PQnfields(result);
    std::vector<Cell> cells;
    cells.reserve(static_cast<size_t>(rows) * static_cast<size_t>(columns));
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) cells.push_back(read_cell(result, r, c));
    return Rows(static_cast<size_t>(columns), std::move(cells), std::move(keep));
}

std::exception_ptr exception_for(std::string_view state, const std::string& why) {
    if (state == "23505") return std::make_exception_ptr(Duplicate(why));
    if (state == "57014") return std::make_exception_ptr(TimedOut(why));
    if (state == "40001" || state == "40P01") return std::make_exception_ptr(Conflict(why));
    if (state.starts_with("53") || state == "25006" || state.starts_with("58")) return std::make_exception_ptr(Unavailable(why));
    if (state.starts_with("57P") || state.starts_with("08")) return std::make_exception_ptr(Lost(why));
    return std::make_exception_ptr(std::runtime_error(why));
}

}  // namespace

PgConnection::PgConnection(const std::string& url, std::chrono::milliseconds timeout) : patience_(timeout + std::chrono::seconds(1)) {
    auto options = fmt::format("-c statement_timeout={} -c client_min_messages=warning", timeout.count());
    const char* names[] = {"dbname", "connect_timeout", "application_name", "options", "tcp_user_timeout", nullptr};
    const char* values[] = {url.c_str(), "3", "yimen", options.c_str(), "15000", nullptr};
    handle_ = PQconnectdbParams(names, values, 1);
    if (PQstatus(handle_) != CONNECTION_OK) {
        std::string why = PQerrorMessage(handle_);
        PQfinish(handle_);
        handle_ = nullptr;
        throw Unavailable("PostgreSQL does not answer: " + why.substr(0, why.find('\n')));
    }
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
    PQenterPipelineMode(handle_);
}

PgConnection::~PgConnection() {
    if (handle_) PQfinish(handle_);
}

// libpq alone would wait for ever for a server that stands still, and with it every worker.
PGresult* PgConnection::next_result() {
    const auto deadline = std::chrono::steady_clock::now() + patience_;
    while (PQisBusy(handle_)) {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd socket{PQsocket(handle_), POLLIN, 0};
        int readable = left > 0 ? poll(&socket, 1, static_cast<int>(left)) : 0;
        if (readable == 0) {
            silent_ = true;
            waiting_.clear();
            failure_ = nullptr;
            throw Unavailable(fmt::format("PostgreSQL has not answered for {} ms", patience_.count()));
        }
        if (readable > 0 && !PQconsumeInput(handle_)) lost();
    }
    return PQgetResult(handle_);
}

void PgConnection::lost() {
    waiting_.clear();
    failure_ = nullptr;
    throw Lost(fmt::format("the connection to PostgreSQL broke: {}", PQerrorMessage(handle_)));
}

PgConnection::Statement& PgConnection::prepare(std::string_view sql, const Param* params, size_t count) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        auto statement = std::make_unique<Statement>(Statement{std::string(sql), fmt::format("s{}", statements_.size()), false});
        std::string_view key = statement->sql;
        found = statements_.emplace(key, std::move(statement)).first;
    }
    auto& statement = *found->second;
    if (statement.prepared) return statement;
    std::vector<Oid> types;
    for (size_t i = 0; i < count; ++i) types.push_back(type_of(params[i]));
    if (!PQsendPrepare(handle_, statement.name.c_str(), statement.sql.c_str(), static_cast<int>(count), types.data())) lost();
    statement.prepared = true;
    waiting_.push_back({nullptr, &statement});
    return statement;
}

std::shared_ptr<PgOutcome> PgConnection::send(std::string_view sql, const Param* params, size_t count) {
    auto& statement = prepare(sql, params, count);
    Bound bound(params, count);
    if (!PQsendQueryPrepared(handle_, statement.name.c_str(), static_cast<int>(count), bound.values.data(), bound.lengths.data(),
                             bound.formats.data(), 1))
        lost();
    auto outcome = std::make_shared<PgOutcome>();
    waiting_.push_back({outcome, &statement});
    return outcome;
}

void PgConnection::note_failure(const PGresult* result, const Waiting& waiting) {
    if (!waiting.outcome) waiting.statement->prepared = false;
    if (failure_ || PQresultStatus(result) == PGRES_PIPELINE_ABORTED) return;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    failure_ = exception_for(state ? state : "08006", fmt::format("{} (PostgreSQL {}) in: {}", message ? message : "connection lost",
                                                                  state ? state : "-", waiting.statement->sql.substr(0, 120)));
}

void PgConnection::read_one(const Waiting& waiting) {
    PGresult* result = next_result();
    if (!result) lost();
    auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (waiting.outcome) {
            waiting.outcome->ready = true;
            waiting.outcome->changed = std::atoll(PQcmdTuples(result));
            waiting.outcome->rows = rows_of(result);
        } else {
            PQclear(result);
        }
    } else {
        bool broken = PQstatus(handle_) != CONNECTION_OK;
        note_failure(result, waiting);
        PQclear(result);
        if (broken) lost();
    }
    while (PGresult* more = next_result()) PQclear(more);  // the end of this statement's answers
}

void PgConnection::settle() {
    if (waiting_.empty()) return;
    if (!PQpipelineSync(handle_)) lost();
    while (!waiting_.empty()) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        read_one(next);
    }
    PGresult* sync = next_result();
    bool fine = sync && PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    if (!fine) lost();
    if (auto failure = std::exchange(failure_, nullptr)) std::rethrow_exception(failure);
}

}  // namespace yimen::db
