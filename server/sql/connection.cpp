#include "connection.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace sql {
namespace {

constexpr std::size_t maxCached = 400;

/// SOCI reads and writes these variables, so they must not move.
struct Slot {
  Kind kind = Kind::integer;
  soci::indicator indicator = soci::i_ok;
  long long number = 0;
  std::string text{};
};

void set(Slot& slot, const Value& value) {
  slot.indicator = std::holds_alternative<std::monostate>(value) ? soci::i_null : soci::i_ok;
  if (const auto* number = std::get_if<std::int64_t>(&value)) slot.number = *number;
  if (const auto* text = std::get_if<std::string>(&value)) slot.text = *text;
}

Kind kindOfParameter(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) ? Kind::integer : Kind::text;
}

base::Code codeOfState(std::string_view sqlstate) {
  if (sqlstate == "53100") return base::Code::KeinPlatz;
  if (sqlstate == "25006") return base::Code::NurLesbar;
  if (sqlstate.starts_with("53")) return base::Code::Ueberlastet;
  if (sqlstate.starts_with("58")) return base::Code::DatenbankFehlt;
  return base::Code::Intern;
}

/// A server that is gone without a word (power, cable) is noticed within seconds. What the address says itself wins.
std::string withTimeouts(const std::string& address) {
  using Setting = std::pair<std::string, std::string>;
  std::string out = address;
  for (const auto& [key, value] :
       {Setting("connect_timeout", "5"), Setting("keepalives_idle", "10"), Setting("keepalives_interval", "5"),
        Setting("keepalives_count", "3"), Setting("tcp_user_timeout", "20000")})
    if (address.find(key + "=") == std::string::npos)
      out += (out.find('?') == std::string::npos ? "?" : "&") + key + "=" + value;
  return out;
}

void cacheKey(std::string& key, const Query& query, std::span<const Kind> columns) {
  key = query.text();
  key += '\0';
  for (const auto& parameter : query.parameters()) key += kindOfParameter(parameter) == Kind::integer ? 'i' : 't';
  key += '\0';
  for (const auto kind : columns) key += kind == Kind::integer ? 'i' : 't';
}

}  // namespace

namespace {

/// A connection serves one thread at a time (Database::Pool), so SQLite needs no locks around its calls, nor to count
/// its memory under one.
void configureSqlite() {
  [[maybe_unused]] static const bool done = [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
}

}  // namespace

base::Code codeOfSqlite(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return base::Code::KeinPlatz;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return base::Code::NurLesbar;
    case SQLITE_NOMEM:
      return base::Code::Ueberlastet;
    // Out of file descriptors, mostly, or the disk is gone.
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return base::Code::DatenbankFehlt;
    default:
      return base::Code::Intern;
  }
}

struct Connection::Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}
  soci::statement statement;
  std::deque<Slot> parameters;
  std::deque<Slot> columns;
  std::vector<Cell> cells;

  long long run(const Query& query, const std::function<void(std::span<Cell>)>& row) {
    for (std::size_t i = 0; i < query.parameters().size(); ++i) set(parameters[i], query.parameters()[i]);
    if (columns.empty()) {
      statement.execute(true);
      return statement.get_affected_rows();
    }
    statement.execute(false);
    while (statement.fetch()) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        auto& slot = columns[i];
        auto& cell = cells[i];
        cell.kind = slot.kind;
        cell.null = slot.indicator == soci::i_null;
        cell.number = slot.number;
        if (slot.kind == Kind::text) cell.text.swap(slot.text);
      }
      row(cells);
    }
    return 0;
  }
};

Connection::Connection(const Address& address, bool readOnly) : engine_(address.engine) {
  try {
    if (engine_ == Engine::postgres) {
      openPostgres(address.target);
      command("SET client_min_messages = warning; SET TIME ZONE 'UTC'");
      return;
    }
    configureSqlite();
    session_.open(soci::sqlite3, "dbname=\"" + address.target + "\" timeout=15");
    command("PRAGMA journal_mode = WAL");
    command("PRAGMA synchronous = FULL");
    command("PRAGMA foreign_keys = ON");
    command("PRAGMA cache_size = -65536");
    command("PRAGMA mmap_size = 1073741824");
    command("PRAGMA temp_store = MEMORY");
    if (readOnly) command("PRAGMA query_only = ON");
  } catch (const soci::soci_error& error) {
    rethrow(error, "open");
  }
}

void Connection::openPostgres(const std::string& address) {
  try {
    session_.open(soci::postgresql, withTimeouts(address));
  } catch (const soci::soci_error& error) {
    throw Lost(error.what());
  }
}

Connection::~Connection() {
  raw_.reset();
  cache_.clear();
}

void* Connection::handle() { return static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_; }

void Connection::numbers(const Query& query, const NumberRow& row, const Choice& choice) {
  if (!raw_) {
    raw_ = engine_ == Engine::sqlite
               ? rawSqlite(handle())
               : rawPostgres(static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_);
  }
  raw_->run(query, row, choice);
}

void Connection::command(const std::string& text) {
  try {
    if (engine_ == Engine::sqlite) {
      auto* backend = static_cast<soci::sqlite3_session_backend*>(session_.get_backend());
      sqlite_api::sqlite3* handle = backend->conn_;
      char* message = nullptr;
      const int code = sqlite_api::sqlite3_exec(handle, text.c_str(), nullptr, nullptr, &message);
      if (code != SQLITE_OK) {
        const std::string what = message == nullptr ? "?" : message;
        sqlite_api::sqlite3_free(message);
        throw soci::sqlite3_soci_error(what, code);
      }
      return;
    }
    auto* backend = static_cast<soci::postgresql_session_backend*>(session_.get_backend());
    PGresult* result = PQexec(backend->conn_, text.c_str());
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
      const soci::postgresql_soci_error error(PQerrorMessage(backend->conn_), state == nullptr ? "     " : state);
      PQclear(result);
      throw error;
    }
    PQclear(result);
  } catch (const soci::soci_error& error) {
    rethrow(error, text);
  }
}

void Connection::rethrow(const std::exception& error, std::string_view text) const {
  const std::string what = std::string(error.what()) + " [" + std::string(text.substr(0, 300)) + "]";
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    const int code = sqlite->result() & 0xff;
    const bool taken = code == SQLITE_CONSTRAINT && what.find("UNIQUE") != std::string::npos;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED || taken) throw Retry(what);
    throw base::Failure(what, codeOfSqlite(sqlite->result()));
  }
  if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
    const std::string state = postgres->sqlstate();
    if (state == "40001" || state == "40P01" || state == "23505" || state == "55P03") throw Retry(what);
    auto* backend = static_cast<soci::postgresql_session_backend*>(const_cast<soci::session&>(session_).get_backend());
    if (state.starts_with("08") || state.starts_with("57P") || backend == nullptr ||
        PQstatus(backend->conn_) != CONNECTION_OK)
      throw Lost(what);
    throw base::Failure(what, codeOfState(state));
  }
  throw base::Failure(what);
}

std::shared_ptr<Connection::Prepared> Connection::prepare(const Query& query, std::span<const Kind> columns) {
  auto prepared = std::make_shared<Prepared>(session_);
  auto& statement = prepared->statement;
  statement.alloc();
  const auto bind = [&](std::deque<Slot>& slots, Kind kind, auto exchange) {
    auto& slot = slots.emplace_back();
    slot.kind = kind;
    exchange(slot);
  };
  for (const auto& parameter : query.parameters()) {
    bind(prepared->parameters, kindOfParameter(parameter), [&](Slot& slot) {
      slot.kind == Kind::integer ? statement.exchange(soci::use(slot.number, slot.indicator))
                                 : statement.exchange(soci::use(slot.text, slot.indicator));
    });
  }
  for (const auto kind : columns) {
    bind(prepared->columns, kind, [&](Slot& slot) {
      slot.kind == Kind::integer ? statement.exchange(soci::into(slot.number, slot.indicator))
                                 : statement.exchange(soci::into(slot.text, slot.indicator));
    });
  }
  statement.prepare(query.text());
  statement.define_and_bind();
  prepared->cells.resize(columns.size());
  return prepared;
}

long long Connection::run(const Query& query, std::span<const Kind> columns,
                          const std::function<void(std::span<Cell>)>& row) {
  try {
    cacheKey(key_, query, columns);
    const auto known = cache_.find(key_);
    if (known != cache_.end() && known->second.use_count() > 1) return prepare(query, columns)->run(query, row);
    const auto prepared = known != cache_.end() ? known->second : prepare(query, columns);
    if (known == cache_.end()) {
      if (cache_.size() >= maxCached) cache_.clear();
      cache_.emplace(key_, prepared);
    }
    try {
      return prepared->run(query, row);
    } catch (...) {
      // It may stand in the middle of its rows.
      std::erase_if(cache_, [&](const auto& entry) { return entry.second == prepared; });
      throw;
    }
  } catch (const soci::soci_error& error) {
    rethrow(error, query.text());
  }
}

}  // namespace sql
