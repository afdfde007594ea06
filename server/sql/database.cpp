#include "sql/database.h"

#include <algorithm>
#include <condition_variable>
#include <random>
#include <thread>

#include "base/guarded.h"
#include "connection.h"
#include "write_log.h"

namespace sql {

Address Address::parse(std::string_view text) {
  const bool postgres = text.starts_with("postgresql://") || text.starts_with("postgres://");
  return {postgres ? Engine::postgres : Engine::sqlite, std::string(text)};
}

Engine ReadTx::engine() const { return connection_.engine(); }

void ReadTx::numbers(const Query& query, const std::function<bool(std::span<const std::int64_t>)>& row,
                     const std::function<std::int64_t(std::int64_t)>& choice) const {
  connection_.numbers(query, row, choice);
}

long long ReadTx::run(const Query& query, std::span<const Kind> columns,
                      const std::function<void(std::span<Cell>)>& row) const {
  return connection_.run(query, columns, row);
}

void ReadTx::eachValues(const Table& table, const Query& query,
                        const std::function<void(std::vector<Value>&&)>& f) const {
  std::vector<Kind> kinds;
  for (const auto& column : table.columns) kinds.push_back(column.kind);
  run(query, kinds, [&](std::span<Cell> cells) {
    std::vector<Value> values;
    values.reserve(cells.size());
    for (auto& cell : cells) {
      if (cell.null)
        values.emplace_back();
      else if (cell.kind == Kind::integer)
        values.emplace_back(static_cast<std::int64_t>(cell.number));
      else
        values.emplace_back(std::move(cell.text));
    }
    f(std::move(values));
  });
}

/// Connections that wait for work. SQLite has readers and one writer; PostgreSQL has one kind.
class Database::Pool {
 public:
  Pool(Address address, Options options) : address_(std::move(address)), options_(options) {
    if (address_.engine == Engine::sqlite) log_ = std::make_unique<WriteLog>(address_.target);
    // The first connection is opened now, so that a wrong address is told at the start and not at the first request.
    give(take(Use::write), Use::write);
  }

  enum class Use : std::uint8_t { read, write };

  std::unique_ptr<Connection> take(Use use) {
    auto idle = idle_.lock();
    auto& shelf = shelfOf(*idle, use);
    const unsigned most = use == Use::write && address_.engine == Engine::sqlite ? 1 : options_.connections;
    while (shelf.waiting.empty() && shelf.open >= most) changed_.wait(idle.mutex());
    if (!shelf.waiting.empty()) {
      auto connection = std::move(shelf.waiting.back());
      shelf.waiting.pop_back();
      return connection;
    }
    ++shelf.open;
    idle.mutex().unlock();
    try {
      auto connection = std::make_unique<Connection>(address_, use == Use::read && address_.engine == Engine::sqlite);
      if (log_ && use == Use::write) log_->watch(connection->handle());
      idle.mutex().lock();
      return connection;
    } catch (...) {
      idle.mutex().lock();
      --shelf.open;
      changed_.notify_one();
      throw;
    }
  }

  void give(std::unique_ptr<Connection> connection, Use use) {
    auto idle = idle_.lock();
    auto& shelf = shelfOf(*idle, use);
    if (connection)
      shelf.waiting.push_back(std::move(connection));
    else
      --shelf.open;
    changed_.notify_all();
  }

  /// Runs `f` on a connection, again when the engine asks for it; a lost connection is replaced.
  void use(Use use, const std::function<void(Connection&)>& f) {
    const Nesting nesting(this);
    for (unsigned attempt = 1;; ++attempt) {
      auto connection = take(use);
      try {
        f(*connection);
        give(std::move(connection), use);
        return;
      } catch (const Retry&) {
        give(std::move(connection), use);
        if (attempt >= options_.attempts) throw;
      } catch (const Lost&) {
        // What broke one has mostly broken those that waited as well.
        dropWaiting(use);
        give(nullptr, use);
        if (attempt >= 2) throw;
      } catch (...) {
        give(std::move(connection), use);
        throw;
      }
      thread_local std::minstd_rand jitter{std::random_device{}()};
      std::this_thread::sleep_for(std::chrono::milliseconds(5 * attempt + jitter() % 10));
    }
  }

  [[nodiscard]] Engine engine() const { return address_.engine; }

 private:
  /// Refuses a thread that is inside a transaction of this pool already.
  class Nesting {
   public:
    explicit Nesting(const Pool* pool) {
      if (std::ranges::find(inside(), pool) != inside().end())
        throw base::Failure("a transaction inside a transaction");
      inside().push_back(pool);
    }
    ~Nesting() { inside().pop_back(); }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    static std::vector<const Pool*>& inside() {
      thread_local std::vector<const Pool*> pools;
      return pools;
    }
  };

  void dropWaiting(Use use) {
    std::vector<std::unique_ptr<Connection>> dropped;
    auto idle = idle_.lock();
    auto& shelf = shelfOf(*idle, use);
    shelf.open -= static_cast<unsigned>(shelf.waiting.size());
    shelf.waiting.swap(dropped);
    changed_.notify_all();
  }

  struct Shelf {
    std::vector<std::unique_ptr<Connection>> waiting;
    unsigned open = 0;
  };
  struct Idle {
    Shelf readers, writers;
  };
  Shelf& shelfOf(Idle& idle, Use use) const {
    return use == Use::read && address_.engine == Engine::sqlite ? idle.readers : idle.writers;
  }

  Address address_;
  Options options_;
  std::unique_ptr<WriteLog> log_;  ///< outlives the connections that it watches
  base::Guarded<Idle> idle_;
  std::condition_variable changed_;
};

namespace {

/// Begins in the constructor; rolls back unless `commit` was reached.
class Bracket {
 public:
  Bracket(Connection& connection, const std::string& begin) : connection_(connection) {
    try {
      connection_.command(begin);
    } catch (...) {  // perhaps after its first part: the next one to get the connection must not find that
      rollBack();
      throw;
    }
  }
  ~Bracket() {
    if (!done_) rollBack();
  }
  Bracket(const Bracket&) = delete;
  Bracket& operator=(const Bracket&) = delete;
  /// A connection that breaks here leaves open whether the engine committed, so this is never tried again.
  void commit() {
    try {
      connection_.command("COMMIT");
    } catch (const Lost& lost) {
      throw base::Failure(lost.what(), base::Code::AusgangUngewiss);
    }
    done_ = true;
  }

 private:
  void rollBack() {
    try {
      connection_.command("ROLLBACK");
    } catch (const base::Failure&) {  // nothing had begun, or the connection is broken and the transaction gone with it
    }
  }

  Connection& connection_;
  bool done_ = false;
};

/// Row-level security reads the tenant from this setting; the lock makes a tenant's writers go one after the other.
std::string beginOn(Engine engine, Database::Tenant tenant, bool write) {
  if (engine == Engine::sqlite) return write ? "BEGIN IMMEDIATE" : "BEGIN";
  const std::string number = std::to_string(tenant);
  std::string text = write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  text += "; SELECT set_config('aktenlotse.mandant', '" + number + "', true)";
  if (write) text += "; SELECT pg_advisory_xact_lock(4711, " + number + ")";
  return text;
}

}  // namespace

Database::Database(Address address, Options options) : pool_(std::make_unique<Pool>(std::move(address), options)) {}
Database::~Database() = default;

Engine Database::engine() const { return pool_->engine(); }

void Database::runRead(Tenant tenant, const std::function<void(const ReadTx&)>& f) {
  pool_->use(Pool::Use::read, [&](Connection& connection) {
    Bracket bracket(connection, beginOn(connection.engine(), tenant, /*write=*/false));
    const ReadTx tx(connection);
    f(tx);
    bracket.commit();
  });
}

void Database::runWrite(Tenant tenant, const std::function<bool(WriteTx&)>& f) {
  pool_->use(Pool::Use::write, [&](Connection& connection) {
    Bracket bracket(connection, beginOn(connection.engine(), tenant, /*write=*/true));
    WriteTx tx(connection);
    if (f(tx)) bracket.commit();
  });
}

void Database::script(std::string_view statements, const std::function<bool(WriteTx&)>& wanted) {
  pool_->use(Pool::Use::write, [&](Connection& connection) {
    Bracket bracket(connection, beginOn(connection.engine(), 0, /*write=*/true));
    WriteTx tx(connection);
    if (!wanted(tx)) return;
    connection.command(std::string(statements));
    bracket.commit();
  });
}

bool Database::ready() {
  try {
    return read(0, [](const ReadTx& tx) { return tx.value<std::int64_t>("SELECT 1") == 1; });
  } catch (const base::Failure&) {
    return false;
  }
}

}  // namespace sql
