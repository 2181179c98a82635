#include "db/sqlite.h"

namespace yimen::db {

namespace {

using clock = std::chrono::steady_clock;

// PostgreSQL wants the lock said; here the writer is alone. And "$3" would be a name to SQLite: the third parameter is "?3".
std::string for_sqlite(std::string_view sql) {
    constexpr std::string_view lock = " FOR UPDATE";
    if (auto at = sql.rfind(lock);
        at != std::string_view::npos && sql.find_first_not_of("; \n", at + lock.size()) == std::string_view::npos)
        sql = sql.substr(0, at);
    std::string text(sql);
    std::replace(text.begin(), text.end(), '$', '?');
    return text;
}

// Owns the copies that the views of one answer point into.
struct Kept {
    std::deque<std::string> texts;
};

Cell read_cell(sqlite3_stmt* statement, int column, Kept& kept) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return sqlite3_column_int64(statement, column);
        case SQLITE_TEXT: {
            auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            kept.texts.emplace_back(text, static_cast<size_t>(sqlite3_column_bytes(statement, column)));
            return std::string_view(kept.texts.back());
        }
        case SQLITE_BLOB: {
            auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
            kept.texts.emplace_back(bytes ? bytes : "", static_cast<size_t>(sqlite3_column_bytes(statement, column)));
            return BlobView{kept.texts.back()};
        }
        case SQLITE_NULL:
            return std::monostate{};
        default:
            throw std::logic_error("a floating-point column: there are none in this schema");
    }
}

void bind(sqlite3_stmt* statement, int at, const Param& param) {
    std::visit(
        [&](auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::monostate>)
                sqlite3_bind_null(statement, at);
            else if constexpr (std::is_same_v<T, int64_t>)
                sqlite3_bind_int64(statement, at, value);
            else if constexpr (std::is_same_v<T, std::string_view>)
                sqlite3_bind_text64(statement, at, value.data() ? value.data() : "", value.size(), SQLITE_STATIC, SQLITE_UTF8);
            else
                sqlite3_bind_blob64(statement, at, value.bytes.data() ? value.bytes.data() : "", value.bytes.size(), SQLITE_STATIC);
        },
        param.value);
}

class Ready final : public Answer {
  public:
    explicit Ready(SqliteConnection::Outcome outcome) : outcome_(std::move(outcome)) {}
    Rows rows() override { return outcome_.rows; }
    int64_t changed() override { return outcome_.changed; }

  private:
    SqliteConnection::Outcome outcome_;
};

}  // namespace

std::unique_ptr<Answer> SqliteTx::send(std::string_view sql, const Param* params, size_t count) {
    return std::make_unique<Ready>(connection_.run(sql, params, count));
}

SqliteConnection::SqliteConnection(const std::string& file, Mode mode, std::chrono::milliseconds timeout) : timeout_(timeout) {
    int flags = SQLITE_OPEN_NOMUTEX | (mode == Mode::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
    int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        std::string why = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
        sqlite3_close(handle_);
        throw Unavailable(fmt::format("cannot open {}: {}", file, why));
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    // Stops a statement that runs too long; asked every few thousand steps of SQLite's machine.
    sqlite3_progress_handler(
        handle_, 4000, [](void* self) { return clock::now() > static_cast<SqliteConnection*>(self)->deadline_ ? 1 : 0; }, this);
    deadline_ = clock::now() + std::chrono::hours(1);
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA journal_size_limit = 4194304");  // what one large transaction took is given back
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA cache_size = -16000");
    if (mode == Mode::reader) execute("PRAGMA query_only = ON");
}

SqliteConnection::~SqliteConnection() {
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

void SqliteConnection::fail(int code, std::string_view sql) {
    std::string why = fmt::format("{} (SQLite {}) in: {}", sqlite3_errmsg(handle_), code, sql.substr(0, 120));
    switch (code & 0xff) {
        case SQLITE_INTERRUPT:
            throw TimedOut(why);
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY) throw Duplicate(why);
            throw std::runtime_error(why);
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw Unavailable(why);
        default:
            throw std::runtime_error(why);
    }
}

sqlite3_stmt* SqliteConnection::prepare(std::string_view sql) {
    auto [found, fresh] = statements_.try_emplace(std::string(sql), nullptr);
    if (!fresh && found->second) return found->second;
    auto text = for_sqlite(sql);
    int code = sqlite3_prepare_v3(handle_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &found->second, nullptr);
    if (code != SQLITE_OK) {
        statements_.erase(found);
        fail(code, sql);
    }
    return found->second;
}

SqliteConnection::Outcome SqliteConnection::run(std::string_view sql, const Param* params, size_t count) {
    auto* statement = prepare(sql);
    struct Reset {
        sqlite3_stmt* s;
        ~Reset() {
            sqlite3_reset(s);
            sqlite3_clear_bindings(s);
        }
    } reset{statement};
    deadline_ = clock::now() + timeout_;
    // Parameters are numbered, and may be fewer in the text than given only by mistake.
    if (static_cast<size_t>(sqlite3_bind_parameter_count(statement)) != count)
        throw std::logic_error(fmt::format("{} parameters for: {}", count, sql));
    for (size_t i = 0; i < count; ++i) bind(statement, static_cast<int>(i + 1), params[i]);
    auto kept = std::make_shared<Kept>();
    std::vector<Cell> cells;
    int columns = sqlite3_column_count(statement);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        for (int i = 0; i < columns; ++i) cells.push_back(read_cell(statement, i, *kept));
    if (code != SQLITE_DONE) fail(code, sql);
    int64_t changed = sqlite3_stmt_readonly(statement) ? 0 : sqlite3_changes64(handle_);
    return {Rows(static_cast<size_t>(columns), std::move(cells), std::move(kept)), changed};
}

void SqliteConnection::execute(const char* sql) {
    deadline_ = clock::now() + timeout_;
    int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
}

}  // namespace yimen::db
