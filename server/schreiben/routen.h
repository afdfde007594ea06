#pragma once
// The routes by file. Private to the room.
#include "akte/ausgabe.h"
#include "akte/renditionen.h"
#include "plan.h"

namespace schreiben {

using http::None;
using http::Verb;
using mandant::PersonKurz;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

/// How far a job is.
enum class Auftragsstand : std::uint8_t { keiner, wartet, laeuft, fertig, gescheitert };
BOOST_DESCRIBE_ENUM(Auftragsstand, keiner, wartet, laeuft, fertig, gescheitert)
struct AuftragKurz {
  Auftragsstand stand{};
  std::string hinweis{};                     ///< why it failed
  std::int64_t fortschritt = 0, gesamt = 0;  ///< while it runs, where that is known
};
BOOST_DESCRIBE_STRUCT(AuftragKurz, (), (stand, hinweis, fortschritt, gesamt))
/// The newest job of a kind among those of an object; `nutzlast` narrows it to one thing.
[[nodiscard]] AuftragKurz auftragOf(const std::vector<jobs::AuftragZeile>& rows, std::string_view art,
                                    const std::string& nutzlast = {});

/// What is not there yet.
[[nodiscard]] inline tl::unexpected<base::Error> nochNicht() {
  return base::fail(base::Code::NichtGefunden, "Das gibt es noch nicht.");
}

void addVorlagenRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei);
void addTextbausteinRoutes(http::Routes& routes, Zugang& zugang);
void addVersandRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei);
void addEinsichtRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei);

}  // namespace schreiben
