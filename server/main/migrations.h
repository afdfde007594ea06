#pragma once
#include "sql/migrations.h"

namespace app {

/// The files of migrations/, in order, put into the program when it is built.
[[nodiscard]] std::span<const sql::Migration> embeddedMigrations();

}  // namespace app
