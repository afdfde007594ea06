// Jobs as the administrator and the person concerned see them: what it is, how far, why not. Never the payload.
#include <charconv>

#include "mandant/auftraege.h"

namespace mandant {
namespace {

using http::None;
using http::Verb;
using jobs::AuftragZeile;

struct AuftragAusgabe {
  base::Uuid id{};
  std::string art{}, bezeichnung{}, label{};
  jobs::Auftragsstatus status{};
  std::int64_t versuch = 0, versuche = 0, fortschritt = 0, gesamt = 0;
  bool abbruch = false;
  std::string hinweis{};
  std::optional<PersonKurz> person{};
  std::optional<base::Uuid> objekt{};
  base::Zeitpunkt angelegt{}, ab{};
  std::optional<base::Zeitpunkt> begonnen{}, beendet{};
};
BOOST_DESCRIBE_STRUCT(AuftragAusgabe, (),
                      (id, art, bezeichnung, label, status, versuch, versuche, fortschritt, gesamt, abbruch, hinweis,
                       person, objekt, angelegt, ab, begonnen, beendet))
struct AuftragListe {
  std::vector<AuftragAusgabe> eintraege{};
  std::optional<std::string> nach{};
};
BOOST_DESCRIBE_STRUCT(AuftragListe, (), (eintraege, nach))

struct AuftragFilter {
  std::optional<jobs::Auftragsstatus> status{};
  std::optional<base::Line<60>> art{};
  std::optional<base::Uuid> objekt{};
  std::optional<bool> eigene{};
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<20>> nach{};
};
BOOST_DESCRIBE_STRUCT(AuftragFilter, (), (status, art, objekt, eigene, limit, nach))

class Schau {
 public:
  Schau(Zugang& zugang, const jobs::Werk& werk) : zugang_(zugang), werk_(werk) {}

  [[nodiscard]] AuftragAusgabe show(const sql::ReadTx& tx, const AuftragZeile& row) const {
    AuftragAusgabe out{row.uuid,   row.art,         row.art,    row.art,      row.status,  row.versuch,
                       0,          row.fortschritt, row.gesamt, row.abbruch,  row.hinweis, {},
                       row.objekt, row.angelegt,    row.ab,     row.begonnen, row.beendet};
    if (const auto art = werk_.arten().find(row.art); art != werk_.arten().end()) {
      out.bezeichnung = art->second.bezeichnungDe;
      out.label = art->second.bezeichnungEn;
      out.versuche = art->second.versuche;
    }
    if (row.person != 0) out.person = personKurz(tx, row.mandant, row.person);
    return out;
  }

  /// The administrator sees all of the tenant; anybody what concerns him.
  [[nodiscard]] static bool darfSehen(const Berechtigung& wer, const AuftragZeile& row) {
    return wer.hat(Recht::auftragVerwalten) || (row.person != 0 && row.person == wer.person);
  }

  [[nodiscard]] base::Result<AuftragListe> list(const sql::ReadTx& tx, const Berechtigung& wer,
                                                const AuftragFilter& asked) const {
    jobs::Filter filter{.status = asked.status, .person = {}, .objekt = asked.objekt};
    if (asked.art) filter.art = asked.art->value;
    if (asked.eigene.value_or(false) || !wer.hat(Recht::auftragVerwalten)) filter.person = wer.person;
    filter.limit = asked.limit.value_or(50);
    if (filter.limit < 1 || filter.limit > 200)
      return base::fail(base::Code::EingabeUngueltig, "Erlaubt sind 1 bis 200.", "limit");
    if (asked.nach) {
      const auto& text = asked.nach->value;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), filter.vor);
      if (error != std::errc() || end != text.data() + text.size() || filter.vor < 1)
        return base::fail(base::Code::EingabeUngueltig, "Das ist keine Stelle dieser Liste.", "nach");
    }
    ++filter.limit;
    auto rows = jobs::liste(tx, wer.mandant, filter);
    AuftragListe out;
    if (static_cast<std::int64_t>(rows.size()) == filter.limit) {
      rows.pop_back();
      out.nach = std::to_string(rows.back().id);
    }
    for (const auto& row : rows) out.eintraege.push_back(show(tx, row));
    return out;
  }

  /// A route that changes one job. Jobs are not in the journal: nothing of legal weight hangs on them.
  template <class F>
  auto act(F change) const {
    return [this, change](const auto& call) -> base::Result<http::Reply<AuftragAusgabe>> {
      const auto& wer = Zugang::who(call);
      const auto now = zugang_.journal().clock().now();
      return zugang_.journal().database().write(wer.mandant,
                                                [&](sql::WriteTx& tx) -> base::Result<http::Reply<AuftragAusgabe>> {
                                                  AKTENLOTSE_GET(row, change(tx, wer.mandant, call.id, now));
                                                  http::Reply<AuftragAusgabe> reply;
                                                  reply.value = show(tx, row);
                                                  return reply;
                                                });
    };
  }

 private:
  Zugang& zugang_;
  const jobs::Werk& werk_;
};

}  // namespace

void addAuftragRoutes(http::Routes& routes, Zugang& zugang, const jobs::Werk& werk) {
  const auto schau = std::make_shared<const Schau>(zugang, werk);
  routes.add<None, AuftragFilter, AuftragListe>(
      Verb::get, "/api/auftraege",
      {"auftraege", "Aufträge", "Jobs, newest first: all for the administrator, one's own for everybody"},
      [&zugang, schau](const auto& call) {
        return zugang.read<AuftragListe>(
            call, [&](const auto& tx, const Berechtigung& wer) { return schau->list(tx, wer, call.query); });
      });
  routes.add<None, None, AuftragAusgabe>(
      Verb::get, "/api/auftraege/{id}", {"auftrag", "Aufträge", "One job and how far it is"},
      [&zugang, schau](const auto& call) {
        return zugang.read<AuftragAusgabe>(
            call, [&](const auto& tx, const Berechtigung& wer) -> base::Result<AuftragAusgabe> {
              const auto row = jobs::finde(tx, wer.mandant, call.id);
              if (!row || !Schau::darfSehen(wer, *row)) return base::fail(base::Code::NichtGefunden);
              return schau->show(tx, *row);
            });
      });
  routes.add<None, None, AuftragAusgabe>(
      Verb::post, "/api/auftraege/{id}/wiederholen",
      {.id = "auftragWiederholen",
       .tag = "Aufträge",
       .summary = "Let a failed or cancelled job wait again",
       .recht = "auftragVerwalten"},
      [schau, f = schau->act(&jobs::wiederhole)](const auto& call) { return f(call); });
  routes.add<None, None, AuftragAusgabe>(Verb::post, "/api/auftraege/{id}/abbrechen",
                                         {.id = "auftragAbbrechen",
                                          .tag = "Aufträge",
                                          .summary = "Cancel a job that waits; ask one that runs to stop",
                                          .recht = "auftragVerwalten"},
                                         [schau, f = schau->act(&jobs::brichAb)](const auto& call) { return f(call); });
}

}  // namespace mandant
