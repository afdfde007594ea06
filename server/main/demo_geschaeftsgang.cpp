#include "demo_geschaeftsgang.h"

#include <fmt/format.h>

#include "geschaeftsgang/frist.h"
#include "mandant/vertretung.h"

namespace app {
namespace {

using boost::json::object;

std::string textOf(const object& json, std::string_view key) {
  const auto* value = json.if_contains(key);
  return value == nullptr || value->is_null() ? "" : std::string(value->as_string());
}

template <typename T>
T need(base::Result<T> result, const std::string& what) {
  if (!result)
    throw base::Failure(
        fmt::format("Demo: {}: {} {}", what, base::info(result.error().code).key, result.error().detail));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Days away from today, as a line writes them: {+3}.
std::string withDays(const std::string& zeile, const base::Datum& heute) {
  std::string out;
  for (std::size_t at = 0; at < zeile.size(); ++at) {
    const auto end = zeile.find('}', at);
    if (zeile[at] != '{' || end == std::string::npos) {
      out += zeile[at];
      continue;
    }
    out += geschaeftsgang::plusTage(heute, std::stoi(zeile.substr(at + 1, end - at - 1))).text();
    at = end;
  }
  return out;
}

}  // namespace

std::vector<DemoGeschaeftsgang::Act> DemoGeschaeftsgang::acts(const object& json, const People& people,
                                                              const Plan& plan, const Names& vorgaenge,
                                                              const Names& dokumente) {
  std::vector<Act> out;
  // Shared by the acts, which run later, one after the other.
  struct Slip {
    base::Uuid laufweg{};
    std::int64_t id = 0;
  };
  const auto self = std::make_shared<DemoGeschaeftsgang>(*this);
  const auto by = [self](std::int64_t person, const std::string& what, auto f) {
    return need(self->journal_.change(self->mandant_,
                                      [&](journal::Change& change) {
                                        change.by({person, 0});
                                        return f(change, mandant::berechtigungOf(change.tx(), self->mandant_, person));
                                      }),
                what);
  };
  for (const auto& value : json.at("vorlagen").as_array()) {
    const auto& item = value.as_object();
    geschaeftsgang::VorlageNeu neu{{textOf(item, "name")}, {textOf(item, "zeile")}, {}, {}};
    if (const auto entry = textOf(item, "aktenplan"); !entry.empty()) neu.aktenplaneinheit = plan.at(entry).uuid;
    out.push_back({"2026-01-06", [by, neu, person = people.at(textOf(item, "von")).id] {
                     by(person, neu.name.value,
                        [&](auto& c, const auto& wer) { return geschaeftsgang::createVorlage(c, wer, neu); });
                   }});
  }
  for (const auto& value : json.at("vertretungen").as_array()) {
    const auto& item = value.as_object();
    const auto& person = people.at(textOf(item, "person"));
    mandant::VertretungNeu neu;
    neu.vertreter = people.at(textOf(item, "vertreter")).uuid;
    neu.von = geschaeftsgang::plusTage(heute_, static_cast<int>(item.at("von").as_int64()));
    neu.bis = geschaeftsgang::plusTage(heute_, static_cast<int>(item.at("bis").as_int64()));
    neu.bemerkung = base::Line<300>{textOf(item, "bemerkung")};
    if (const auto aufgabe = textOf(item, "aufgabe"); !aufgabe.empty())
      neu.aufgabe = base::enumFrom<mandant::Aufgabe>(aufgabe).value();
    // Afterwards, so that all slips are acted on by those for whom they are.
    out.push_back({"2026-11-22", [by, id = person.id, neu] {
                     by(id, "Vertretung",
                        [&](auto& c, const auto& wer) { return mandant::setVertretung(c, wer, neu); });
                   }});
  }
  for (const auto& value : json.at("laufwege").as_array()) {
    const auto& item = value.as_object();
    const auto zeile = withDays(textOf(item, "zeile"), heute_);
    const auto slip = std::make_shared<Slip>();
    const auto author = people.at(textOf(item, "von")).id;
    const auto as = [self, &vorgaenge, zeichen = textOf(item, "vorgang"), zeile](std::int64_t person, auto f) {
      return need(self->journal_.change(self->mandant_,
                                        [&](journal::Change& change) {
                                          change.by({person, 0});
                                          const auto wer = mandant::berechtigungOf(change.tx(), self->mandant_, person);
                                          const auto mit = akte::findVorgang(change.tx(), wer, vorgaenge.at(zeichen));
                                          using Out = decltype(f(change, wer, *mit));
                                          if (!mit) return Out(tl::unexpected<base::Error>(mit.error()));
                                          return f(change, wer, *mit);
                                        }),
                  zeile);
    };
    out.push_back({textOf(item, "am"), [self, as, slip, author, &dokumente, zeile, datei = textOf(item, "dokument")] {
                     geschaeftsgang::LaufwegNeu neu{{zeile}, {}, {}};
                     if (!datei.empty()) neu.dokument = dokumente.at(datei);
                     const auto row = as(author, [&](auto& c, const auto& wer, const auto& mit) {
                       return self->gang_->starte(c, wer, mit, neu);
                     });
                     *slip = {row.uuid, row.id};
                   }});
    const auto* steps = item.if_contains("schritte");
    for (const auto& one : steps == nullptr ? boost::json::array{} : steps->as_array()) {
      const auto& step = one.as_object();
      geschaeftsgang::SchrittHandeln what;
      what.handlung = base::enumFrom<geschaeftsgang::Schritthandlung>(textOf(step, "handlung")).value();
      if (const auto vermerk = textOf(step, "vermerk"); !vermerk.empty()) what.vermerk = base::Prose<1000, 1>{vermerk};
      const auto nr = static_cast<std::size_t>(step.at("nr").as_int64() - 1);
      const auto who = people.at(textOf(step, step.contains("leitung") ? "leitung" : "person")).id;
      out.push_back({textOf(step, "am"), [self, as, slip, who, nr, what]() mutable {
                       as(who, [&](auto& c, const auto& wer, const auto& mit) {
                         what.schritt = geschaeftsgang::schritteOf(c.tx(), self->mandant_, slip->id).at(nr).uuid;
                         return self->gang_->handle(c, wer, mit, what);
                       });
                     }});
    }
    if (const auto* back = item.if_contains("zurueckgeholt"))
      out.push_back(
          {textOf(back->as_object(), "am"), [self, as, slip, author, grund = textOf(back->as_object(), "grund")] {
             as(author, [&](auto& c, const auto& wer, const auto& mit) {
               return self->gang_->holeZurueck(c, wer, mit, {slip->laufweg, {grund}});
             });
           }});
  }
  return out;
}

}  // namespace app
