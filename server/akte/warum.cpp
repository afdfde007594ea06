#include "akte/warum.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "routen.h"

namespace akte {

using mandant::allRows;
using mandant::rowById;
using mandant::Stufe;
using mandant::TraegerArt;

namespace {

/// Who an access definition can name, with the words for it.
class Traeger {
 public:
  Traeger(const sql::ReadTx& tx, std::int64_t mandant) {
    for (const auto& row : allRows<mandant::OrganisationseinheitZeile>(tx, mandant)) units_[row.id] = row;
    for (const auto& row : allRows<mandant::StelleZeile>(tx, mandant)) posts_[row.id] = row;
    for (const auto& row : allRows<mandant::StelleRolleZeile>(tx, mandant)) roles_[row.stelle].push_back(row.rolle);
    for (const auto& row : allRows<mandant::BesetzungZeile>(tx, mandant)) held_[row.person].push_back(row.stelle);
    for (const auto& row : allRows<mandant::PersonZeile>(tx, mandant)) people_[row.id] = row;
  }

  /// The words for a line that names the person; nothing when it does not.
  [[nodiscard]] std::optional<std::string> names(const mandant::ZugriffseintragZeile& eintrag,
                                                 std::int64_t person) const {
    const auto found = people_.find(person);
    if (found == people_.end() || !found->second.aktiv) return std::nullopt;
    if (eintrag.traegerArt == TraegerArt::alle) return "Alle";
    if (eintrag.traegerArt == TraegerArt::person)
      return eintrag.traeger == person ? std::optional(mandant::nameOf(found->second)) : std::nullopt;
    const auto held = held_.find(person);
    if (held == held_.end()) return std::nullopt;
    for (const auto stelle : held->second) {
      const auto& post = posts_.at(stelle);
      if (eintrag.traegerArt == TraegerArt::stelle && eintrag.traeger == stelle) return post.bezeichnung;
      if (eintrag.traegerArt == TraegerArt::organisationseinheit && eintrag.traeger == post.organisationseinheit)
        return units_.at(post.organisationseinheit).bezeichnung;
      const auto roles = roles_.find(stelle);
      if (eintrag.traegerArt == TraegerArt::rolle && eintrag.rolle && roles != roles_.end() &&
          std::ranges::find(roles->second, *eintrag.rolle) != roles->second.end())
        return std::string(mandant::bezeichnung(*eintrag.rolle));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Weg> ways(const std::string& zugriff,
                                      const std::vector<mandant::ZugriffseintragZeile>& eintraege,
                                      std::int64_t person) const {
    std::vector<Weg> out;
    for (const auto& eintrag : eintraege)
      if (auto name = names(eintrag, person))
        out.push_back({zugriff, *std::move(name), eintrag.traegerArt, eintrag.stufe});
    std::ranges::stable_sort(out, std::greater(), &Weg::stufe);
    return out;
  }

  [[nodiscard]] const std::map<std::int64_t, mandant::PersonZeile>& people() const { return people_; }

 private:
  std::map<std::int64_t, mandant::OrganisationseinheitZeile> units_;
  std::map<std::int64_t, mandant::StelleZeile> posts_;
  std::map<std::int64_t, std::vector<mandant::Rolle>> roles_;
  std::map<std::int64_t, std::vector<std::int64_t>> held_;
  std::map<std::int64_t, mandant::PersonZeile> people_;
};

std::vector<mandant::ZugriffseintragZeile> linesOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t zugriff) {
  return tx.query<mandant::ZugriffseintragZeile>(sql::Query::select<mandant::ZugriffseintragZeile>().add(
      " FROM zugriffseintrag WHERE mandant = :mandant AND zugriff = :zugriff ORDER BY id", mandant, zugriff));
}

std::string zugriffName(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  return rowById<mandant::ZugriffZeile>(tx, mandant, id).value().bezeichnung;
}

}  // namespace

std::vector<Weg> wege(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person, std::int64_t zugriff) {
  return Traeger(tx, mandant).ways(zugriffName(tx, mandant, zugriff), linesOf(tx, mandant, zugriff), person);
}

std::vector<Sehender> sehende(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t zugriff) {
  const Traeger traeger(tx, mandant);
  const auto name = zugriffName(tx, mandant, zugriff);
  const auto lines = linesOf(tx, mandant, zugriff);
  std::vector<Sehender> out;
  for (const auto& [id, person] : traeger.people()) {
    auto ways = traeger.ways(name, lines, id);
    if (ways.empty()) continue;
    const auto stufe = ways.front().stufe;
    out.push_back({person.uuid, mandant::nameOf(person), stufe, std::move(ways)});
  }
  std::ranges::sort(out, {}, [](const Sehender& row) { return base::foldCase(row.name); });
  return out;
}

namespace {

/// Collects sentences in the language of the screen.
class Antworten {
 public:
  Antworten(std::vector<Antwort>& out, bool english) : out_(out), english_(english) {}
  void yes(std::string de, std::string en) { out_.push_back({english_ ? std::move(en) : std::move(de), true}); }
  void no(std::string de, std::string en) { out_.push_back({english_ ? std::move(en) : std::move(de), false}); }

 private:
  std::vector<Antwort>& out_;
  bool english_;
};

std::int64_t zugriffOf(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt) {
  if (objekt.art == SuchArt::akte) return rowById<AkteZeile>(tx, wer.mandant, objekt.id).value().zugriff;
  if (objekt.art == SuchArt::vorgang) return rowById<VorgangZeile>(tx, wer.mandant, objekt.id).value().zugriff;
  return rowById<DokumentZeile>(tx, wer.mandant, objekt.id).value().zugriff;
}

void see(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt, Antworten out) {
  for (const auto& weg : wege(tx, wer.mandant, wer.person, zugriffOf(tx, wer, objekt))) {
    const bool edit = weg.stufe == Stufe::bearbeiten;
    const auto how = weg.traegerArt == TraegerArt::alle     ? std::pair("alle", "everybody")
                     : weg.traegerArt == TraegerArt::person ? std::pair("Sie selbst", "you yourself")
                     : weg.traegerArt == TraegerArt::stelle ? std::pair("Ihre Stelle", "your post")
                     : weg.traegerArt == TraegerArt::organisationseinheit
                         ? std::pair("Ihre Organisationseinheit", "your unit")
                         : std::pair("Ihre Rolle", "your role");
    const std::string named = weg.traegerArt == TraegerArt::alle || weg.traegerArt == TraegerArt::person
                                  ? std::string()
                                  : fmt::format(" „{}“", weg.traeger);
    out.yes(
        fmt::format("Der Zugriff „{}“ lässt {}{} {}.", weg.zugriff, how.first, named, edit ? "bearbeiten" : "lesen"),
        fmt::format("The access “{}” lets {}{} {}.", weg.zugriff, how.second, named, edit ? "edit" : "read"));
  }
}

/// Right, access and state, in that order: the three questions of every change.
void edit(const Berechtigung& wer, const Objekt& objekt, Recht recht, Antworten out) {
  if (wer.nurLesen)
    out.no("Sie sind mit einem Token angemeldet, das nur lesen darf.", "You use a token that may only read.");
  std::string rollen;
  for (const auto rolle : wer.rollen)
    if (std::ranges::find(mandant::rechteOf(rolle), recht) != mandant::rechteOf(rolle).end())
      (rollen += rollen.empty() ? "" : ", ") += mandant::bezeichnung(rolle);
  if (rollen.empty())
    out.no("Keine Ihrer Rollen gibt das Recht dazu.", "None of your roles gives the right.");
  else
    out.yes(fmt::format("Ihre Rolle {} gibt das Recht dazu.", rollen),
            fmt::format("Your role {} gives the right.", rollen));
  if (objekt.gegenstand.stufe != Stufe::bearbeiten)
    out.no("Der Zugriff lässt Sie lesen, aber nicht bearbeiten.", "The access lets you read, but not edit.");
  if (!objekt.gegenstand.offen)
    out.no("Es ist nicht mehr in Bearbeitung, oder das, worin es liegt. „Zustand“ zeigt, wie es wieder geöffnet wird.",
           "It is no longer in progress, or what it lies in is not. “State” shows how to open it again.");
  else
    out.yes("Es ist in Bearbeitung.", "It is in progress.");
}

void close(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt, bool english,
           std::vector<Antwort>& into) {
  Antworten out(into, english);
  edit(wer, objekt, objekt.art == SuchArt::akte ? Recht::akteZda : Recht::vorgangZda, out);
  if (!objekt.gegenstand.offen) return;
  const bool inAkte = objekt.art == SuchArt::akte;
  sql::Query open(" FROM vorgang v WHERE v.mandant = :mandant AND v.status = 'inBearbeitung' AND ", wer.mandant);
  if (inAkte)
    open.add("v.ueber IS NULL AND v.akte = :darin", objekt.id);
  else
    open.add("v.ueber = :darin", objekt.id);
  auto visible = sql::Query::select<VorgangZeile>("v").add(open).add(" AND ").add(mandant::sichtbar("v.zugriff", wer));
  const auto rows = tx.query<VorgangZeile>(visible.add(" ORDER BY v.id LIMIT 20"));
  for (const auto& row : rows)
    out.no(fmt::format("Der Vorgang {} „{}“ ist noch in Bearbeitung.", row.zeichen, row.betreff),
           fmt::format("The Vorgang {} “{}” is still in progress.", row.zeichen, row.betreff));
  if (rows.empty() && tx.value<std::int64_t>(sql::Query("SELECT v.id").add(open).add(" LIMIT 1")))
    out.no("Darin ist noch etwas offen, das Sie nicht sehen dürfen.", "Something in it is open that you may not see.");
  else if (rows.empty() && inAkte)
    out.yes("Alle Vorgänge sind abgeschlossen.", "All Vorgänge are closed.");
}

}  // namespace

WarumAusgabe warum(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt, bool english) {
  WarumAusgabe out;
  see(tx, wer, objekt, {out.sehen, english});
  edit(wer, objekt, objekt.aendern(), {out.aendern, english});
  if (objekt.art != SuchArt::dokument) close(tx, wer, objekt, english, out.abschliessen);
  return out;
}

namespace {

struct SehendeListe {
  std::vector<Sehender> eintraege{};
};
BOOST_DESCRIBE_STRUCT(SehendeListe, (), (eintraege))

struct Namen {
  std::string_view pfad, warum, sehende;
};
constexpr Namen namen[] = {{"/api/akten/{id}/", "akteWarum", "akteSehende"},
                           {"/api/vorgaenge/{id}/", "vorgangWarum", "vorgangSehende"},
                           {"/api/dokumente/{id}/", "dokumentWarum", "dokumentSehende"}};

}  // namespace

void addWarumRoutes(http::Routes& routes, Zugang& zugang) {
  for (const auto art : {SuchArt::akte, SuchArt::vorgang, SuchArt::dokument}) {
    const auto& name = namen[static_cast<std::size_t>(art)];
    routes.add<None, None, WarumAusgabe>(
        Verb::get, std::string(name.pfad) + "warum",
        {name.warum, "Rechte", "Why one may see it, change it, close it, or may not, in words"},
        [&zugang, art](const auto& call) {
          return zugang.read<WarumAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<WarumAusgabe> {
            AKTENLOTSE_GET(objekt, findObjekt(tx, wer, art, call.id));
            return warum(tx, wer, objekt, call.request.english());
          });
        });
    routes.add<None, None, SehendeListe>(
        Verb::get, std::string(name.pfad) + "sehende",
        {name.sehende, "Rechte", "Who reaches it, and how", "zugriffSetzen"}, [&zugang, art](const auto& call) {
          return zugang.read<SehendeListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<SehendeListe> {
            AKTENLOTSE_GET(objekt, findObjekt(tx, wer, art, call.id));
            return SehendeListe{sehende(tx, wer.mandant, zugriffOf(tx, wer, objekt))};
          });
        });
  }
}

}  // namespace akte
