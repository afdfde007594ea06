#include "extract/bilder.h"

#include <algorithm>
#include <array>

#include "bild_reply.h"
#include "child.h"
#include "extract/bild_wire.h"
#include "hinweis.h"

namespace extract {
namespace {

/// A JSON of a page with more words than fit on paper.
constexpr std::uint64_t kMaxJson = std::uint64_t{32} << 20;
/// A searchable PDF is about as large as its original, and black and white scans grow.
constexpr std::uint64_t kMaxDatei = std::uint64_t{4} << 30;
/// Processor seconds for all pages of a file; each single one has its wall time.
constexpr int kCpuSekunden = 24 * 3600;

[[nodiscard]] tl::unexpected<Bildfehler> fehler(std::string_view code, std::chrono::milliseconds wall) {
  return tl::unexpected<Bildfehler>(bildfehler(code, wall));
}

/// Removes what gives up too early from a call that needs a result.
BildErgebnis<std::string> collect(const std::function<BildErgebnis<void>(const Bilderfolge::Senke&)>& ask) {
  std::string out;
  if (auto done = ask([&](std::string_view piece) { out += piece; }); !done)
    return tl::unexpected(std::move(done.error()));
  return out;
}

}  // namespace

Bildfehler bildfehler(std::string_view code, std::chrono::milliseconds wall) {
  const auto known = findHinweis(code) ? code : std::string_view("antwort_ungueltig");
  return {std::string(known), failure(known, wall).hinweis};
}

struct Bilderfolge::Innen {
  std::unique_ptr<Child> child;
  std::chrono::milliseconds wall;

  BildErgebnis<void> ask(Bildauftrag auftrag, int fd, std::string_view json, std::uint64_t most, const Senke& senke) {
    if (!child) return fehler("absturz", wall);
    const auto deadline = Child::Clock::now() + wall;
    auftrag.laenge = static_cast<std::uint32_t>(json.size());
    std::string head(reinterpret_cast<const char*>(&auftrag), sizeof auftrag);
    if (const auto sent = child->send(fd, head.append(json), deadline); sent != Child::Outcome::Reply)
      return gone(sent);
    Bildantwort answer;
    if (const auto got = child->receive(reinterpret_cast<char*>(&answer), sizeof answer, deadline);
        got != Child::Outcome::Reply)
      return gone(got);
    if (answer.laenge > (answer.gut == 1 ? most : 64)) return gone(Child::Outcome::TooLong);
    std::string reason;
    std::array<char, 65536> buffer;
    for (auto left = answer.laenge; left > 0;) {
      const auto piece = std::min<std::uint64_t>(left, buffer.size());
      if (const auto got = child->receive(buffer.data(), piece, deadline); got != Child::Outcome::Reply)
        return gone(got);
      left -= piece;
      const std::string_view view(buffer.data(), piece);
      if (answer.gut == 1)
        senke(view);
      else
        reason += view;
    }
    if (answer.gut != 1) return fehler(reason, wall);
    return {};
  }

  /// After anything but an answer the child is of no more use.
  BildErgebnis<void> gone(Child::Outcome outcome) {
    std::string_view code = "antwort_ungueltig";
    if (outcome == Child::Outcome::Late) code = "zeitlimit";
    if (outcome == Child::Outcome::BadFile) code = "lesefehler";
    if (outcome == Child::Outcome::Gone) code = child->reasonOfEnd();
    child.reset();
    return fehler(code, wall);
  }
};

Bilderfolge::Bilderfolge() : innen_(std::make_unique<Innen>()) {}
Bilderfolge::~Bilderfolge() = default;

bool Bilderfolge::lebt() const { return innen_->child != nullptr; }

BildErgebnis<Bildseite> Bilderfolge::lesen(std::uint32_t seite) {
  const auto json = collect([&](const Senke& senke) {
    return innen_->ask({.arbeit = Bildarbeit::lesen, .seite = seite}, -1, {}, kMaxJson, senke);
  });
  if (!json) return tl::unexpected(json.error());
  auto parsed = parseBildseite(*json);
  if (!parsed) return fehler("antwort_ungueltig", innen_->wall);
  return *std::move(parsed);
}

BildErgebnis<std::vector<std::string>> Bilderfolge::codes(std::uint32_t seite) {
  const auto json = collect([&](const Senke& senke) {
    return innen_->ask({.arbeit = Bildarbeit::codes, .seite = seite}, -1, {}, kMaxJson, senke);
  });
  if (!json) return tl::unexpected(json.error());
  auto parsed = parseBildseite(*json);
  if (!parsed) return fehler("antwort_ungueltig", innen_->wall);
  return std::move(parsed->codes);
}

BildErgebnis<void> Bilderfolge::bild(std::uint32_t seite, std::uint8_t drehung, std::uint16_t breite,
                                     const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::bild, .drehung = drehung, .breite = breite, .seite = seite}, -1, {},
                     kMaxDatei, senke);
}

BildErgebnis<void> Bilderfolge::durchsuchbar(std::string_view seiten, const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::durchsuchbar}, -1, seiten, kMaxDatei, senke);
}

BildErgebnis<void> Bilderfolge::teil(std::uint32_t von, std::uint32_t bis, const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::teil, .seite = von, .bis = bis}, -1, {}, kMaxDatei, senke);
}

BildErgebnis<std::vector<std::string>> Bilderfolge::felder() {
  const auto json =
      collect([&](const Senke& senke) { return innen_->ask({.arbeit = Bildarbeit::felder}, -1, {}, kMaxJson, senke); });
  if (!json) return tl::unexpected(json.error());
  auto names = parseFelder(*json);
  if (!names) return fehler("antwort_ungueltig", innen_->wall);
  return *std::move(names);
}

BildErgebnis<void> Bilderfolge::fuellen(std::string_view werte, const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::fuellen}, -1, werte, kMaxDatei, senke);
}

BildErgebnis<void> Bilderfolge::schwaerzen(std::string_view stellen, const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::schwaerzen}, -1, stellen, kMaxDatei, senke);
}

BildErgebnis<void> Bilderfolge::buendeln(std::string_view angaben, const Senke& senke) {
  return innen_->ask({.arbeit = Bildarbeit::buendeln}, -1, angaben, kMaxDatei, senke);
}

BildErgebnis<std::unique_ptr<Bilderfolge>> Bilder::open(int fd) const {
  std::unique_ptr<Bilderfolge> folge(new Bilderfolge);
  auto& innen = *folge->innen_;
  innen.wall = options_.wall;
  innen.child = Child::start({options_.program.string(), "--memory", std::to_string(options_.memory >> 20), "--cpu",
                              std::to_string(kCpuSekunden)});
  if (!innen.child) return fehler("start", options_.wall);
  if (fd < 0) return fehler("lesefehler", options_.wall);
  const auto json = collect([&](const Bilderfolge::Senke& senke) {
    return innen.ask({.arbeit = Bildarbeit::oeffnen}, fd, {}, kMaxJson, senke);
  });
  if (!json) return tl::unexpected(json.error());
  if (!parseGeoeffnet(*json, folge->format_, folge->seiten_)) return fehler("antwort_ungueltig", options_.wall);
  return folge;
}

}  // namespace extract
