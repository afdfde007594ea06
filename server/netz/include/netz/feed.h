#pragma once
// The feed between two installations (docs/netz-format.md): pure reading, checking and writing. What does not fit is
// refused with a reason before anything of it is kept.
#include <boost/json.hpp>

#include "netz/aushang.h"
#include "netz/baustein.h"

namespace netz {

inline constexpr std::size_t feedMax = 4 * 1024 * 1024;  ///< bytes of an answer
inline constexpr std::size_t feedEintraege = 100;        ///< entries of an answer
inline constexpr std::int64_t feedUhr = 15 * 60 * 1000;  ///< milliseconds that two clocks may differ

enum class Ablehngrund : std::uint8_t {
  zuGross,
  form,
  neuereForm,
  fremderSchluessel,
  nichtFuerUns,
  unterschrift,
  alteAntwort,
  uhr,
  rueckwaerts,
  reihenfolge,
  verfaelscht,
  inhalt,
  unbekannteArt,
};
BOOST_DESCRIBE_ENUM(Ablehngrund, zuGross, form, neuereForm, fremderSchluessel, nichtFuerUns, unterschrift, alteAntwort,
                    uhr, rueckwaerts, reihenfolge, verfaelscht, inhalt, unbekannteArt)

/// Why something was refused; the text names no content.
struct Abgelehnt {
  Ablehngrund grund{};
  std::string text{};
};
template <class T>
using Geprueft = tl::expected<T, Abgelehnt>;

/// What is signed of an entry, together with whom it is for.
struct FeedKopf {
  std::int64_t nr = 0;
  base::Uuid id{};
  std::int64_t version = 1;
  std::string art{};
  bool weg = false;
  std::int64_t zeit = 0;  ///< milliseconds since 1970
  std::string hash{};     ///< SHA-256 of the canonical content; empty where it was withdrawn
  std::string vorher{};   ///< the chain up to the entry before; empty for the first
};
BOOST_DESCRIBE_STRUCT(FeedKopf, (), (nr, id, version, art, weg, zeit, hash, vorher))

struct FeedEintrag {
  FeedKopf kopf{};
  std::string signatur{};
  std::optional<boost::json::object> was{};  ///< not there where it was withdrawn, or a later entry replaces it
};

/// What an installation asks another: what it has after `seit`.
struct FeedFrage {
  std::string von{}, an{};  ///< keys
  std::string frage{};      ///< never the same twice; the answer repeats it
  std::int64_t seit = 0;
  std::string kette{};  ///< the chain up to `seit`, as the asker knows it
  std::int64_t zeit = 0;
};
struct FeedSeite {
  std::string von{}, an{}, frage{};
  std::int64_t seit = 0, stand = 0;  ///< `stand`: the newest number that there is
  std::int64_t zeit = 0;
  std::vector<FeedEintrag> eintraege{};
};

[[nodiscard]] std::string ketteOf(const FeedKopf& kopf, std::string_view an);
/// Hash and signature of an entry that is to be published.
void signiere(FeedEintrag& eintrag, std::string_view an, const Schluesselpaar& paar);
[[nodiscard]] std::string schreibe(const FeedSeite& seite, const Schluesselpaar& paar);
[[nodiscard]] std::string schreibe(const FeedFrage& frage, const Schluesselpaar& paar);

/// A question, whose signature fits its own key. Whose key it is is asked next.
[[nodiscard]] Geprueft<FeedFrage> liesFrage(std::string_view text, std::string_view eigener, std::int64_t jetzt);
/// An answer to this question: whole, unaltered, of the right key, new, in order.
[[nodiscard]] Geprueft<FeedSeite> liesSeite(std::string_view text, const FeedFrage& frage, std::int64_t jetzt);

/// What hangs out of an entry here. Names of the other installation get a name of their own here, so that nothing that
/// comes can stand in the place of something else.
[[nodiscard]] Geprueft<Aushang> aushangAus(const FeedEintrag& eintrag, std::string_view herkunft,
                                           std::string_view schluessel);
[[nodiscard]] base::Uuid uuidHier(std::string_view schluessel, std::string_view fremd);
/// The content of an entry about what hangs out here.
[[nodiscard]] boost::json::object wasOf(const Aushang& row, std::string_view ort);

/// What two people compare: eight groups of four characters.
[[nodiscard]] std::string fingerabdruck(std::string_view schluessel);

}  // namespace netz
