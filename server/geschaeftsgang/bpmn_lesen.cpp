#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "geschaeftsgang/bpmn.h"
#include "geschaeftsgang/frist.h"
#include "worte.h"

namespace geschaeftsgang {
namespace {

constexpr std::string_view modellraum = "http://www.omg.org/spec/BPMN/20100524/MODEL";
constexpr std::size_t hoechstensBytes = 2'000'000, hoechstensSchritte = 50;

std::string attribute(xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name)),
                                                          xmlFree);
  return value ? reinterpret_cast<const char*>(value.get()) : "";
}
std::string content(xmlNode* node) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlNodeGetContent(node), xmlFree);
  return value ? reinterpret_cast<const char*>(value.get()) : "";
}
std::string_view nameOf(xmlNode* node) { return reinterpret_cast<const char*>(node->name); }
bool isModel(xmlNode* node) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr &&
         reinterpret_cast<const char*>(node->ns->href) == modellraum;
}
template <class F>
void children(xmlNode* node, F f) {
  for (auto* child = node->children; child != nullptr; child = child->next)
    if (isModel(child)) f(child);
}

/// One line without quotation marks, as a line of a slip can hold it.
std::string clean(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char plain = c == '"' ? '\'' : (static_cast<unsigned char>(c) < ' ' ? ' ' : c);
    if (plain == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += plain;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return std::string(base::cutUtf8(out, 200));
}

/// P7D, P2W, P1M, P1Y, PT12H: in days, a part of a day as one; nothing for what is no such duration.
std::optional<int> daysOf(std::string_view text) {
  if (!text.starts_with('P')) return std::nullopt;
  bool time = false;
  int days = 0;
  for (std::size_t at = 1; at < text.size();) {
    if (text[at] == 'T') {
      time = true;
      ++at;
      continue;
    }
    int number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (error != std::errc() || end == text.data() + text.size() || number < 0 || number > 1000) return std::nullopt;
    const int length = time          ? (number > 24 && *end == 'H' ? number / 24 : 1)
                       : *end == 'Y' ? number * 365
                       : *end == 'M' ? number * 30
                       : *end == 'W' ? number * 7
                                     : number;
    days += length;
    at = static_cast<std::size_t>(end - text.data()) + 1;
  }
  return days > 0 && days <= 1000 ? std::optional(days) : std::nullopt;
}

struct Knoten {
  std::string art{}, name{}, wer{}, nennung{};
  std::vector<std::string> weiter{};
  int herein = 0;
  std::string vorgabe{};  ///< the target of the default flow
  std::string dauer{}, tag{};
  bool zeit = false, andereZeit = false;
};

bool isMerge(const Knoten& k) {
  return (k.art == "parallelGateway" || k.art == "inclusiveGateway" || k.art == "complexGateway") && k.herein > 1;
}

/// The kind of a task, from what it is called.
Schrittart artOf(const std::string& name, std::string& text) {
  if (const auto colon = name.find(':'); colon != std::string::npos)
    if (const auto art = artFrom(name.substr(0, colon))) {
      text = clean(name.substr(colon + 1));
      return *art;
    }
  if (const auto art = artFrom(name)) return *art;
  text = clean(name);
  struct Wort {
    std::string_view teil;
    Schrittart art;
  };
  static constexpr Wort worte[] = {{"mitzeichn", Schrittart::mitzeichnung},
                                   {"schlusszeichn", Schrittart::schlusszeichnung},
                                   {"unterschr", Schrittart::schlusszeichnung},
                                   {"stellungnahme", Schrittart::stellungnahme},
                                   {"kenntnis", Schrittart::kenntnis},
                                   {"versand", Schrittart::versand},
                                   {"versend", Schrittart::versand},
                                   {"pruef", Schrittart::pruefung},
                                   {"genehmig", Schrittart::pruefung},
                                   {"freigabe", Schrittart::pruefung},
                                   {"approv", Schrittart::pruefung},
                                   {"review", Schrittart::pruefung},
                                   {"check", Schrittart::pruefung}};
  const auto folded = gefaltet(name);
  for (const auto& wort : worte)
    if (folded.find(wort.teil) != std::string::npos) return wort.art;
  return Schrittart::bearbeitung;
}

class Leser {
 public:
  Result<Modell> read(xmlNode* root) {
    xmlNode* process = nullptr;
    std::size_t most = 0, others = 0;
    children(root, [&](xmlNode* node) {
      if (nameOf(node) == "collaboration")
        children(node, [&](xmlNode* one) {
          if (nameOf(one) == "participant") pools_[attribute(one, "processRef")] = clean(attribute(one, "name"));
        });
      if (nameOf(node) != "process") return;
      std::size_t work = 0;
      children(node, [&](xmlNode* one) { work += isWork(nameOf(one)) ? 1 : 0; });
      ++others;
      if (process == nullptr || work > most) {
        process = node;
        most = work;
      }
    });
    if (process == nullptr) return base::fail(base::Code::EingabeUngueltig, "Darin ist kein Prozess.", "xml");
    const auto id = attribute(process, "id");
    out_.name = clean(attribute(process, "name"));
    if (out_.name.empty()) out_.name = pools_[id];
    if (others > 1)
      note("Das Modell hat mehrere Prozesse; eingelesen ist der mit den meisten Aufgaben: „{}“.", out_.name);
    gather(process);
    flows(process);
    std::string start;
    for (const auto& [name, k] : knoten_)
      if (k.art == "startEvent" && (start.empty() || order_[name] < order_[start])) start = name;
    if (start.empty())
      for (const auto& [name, k] : knoten_)
        if (k.herein == 0 && k.art != "boundaryEvent" && (start.empty() || order_[name] < order_[start])) start = name;
    std::string end;
    auto levels = walk(start, false, end);
    std::int64_t stufe = 0;
    for (auto& level : levels) {
      ++stufe;
      for (auto& step : level) {
        step.stufe = stufe;
        out_.schritte.push_back(std::move(step));
      }
    }
    for (const auto& [name, k] : knoten_)
      if (isWork(k.art) && !visited_.contains(name) && out_.schritte.size() < hoechstensSchritte)
        note("„{}“ liegt auf keinem der gewählten Wege und entfällt.", k.name);
    if (out_.schritte.size() > hoechstensSchritte) {
      out_.schritte.resize(hoechstensSchritte);
      note("Ein Laufweg hat höchstens {} Schritte; die weiteren entfallen.", hoechstensSchritte);
    }
    if (out_.schritte.empty())
      return base::fail(base::Code::EingabeUngueltig, "Im Modell ist nichts, was Menschen tun.", "xml");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void note(fmt::format_string<Args...> text, Args&&... args) {
    auto sentence = fmt::format(text, std::forward<Args>(args)...);
    if (out_.hinweise.size() < 50 && std::ranges::find(out_.hinweise, sentence) == out_.hinweise.end())
      out_.hinweise.push_back(std::move(sentence));
  }
  static bool isWork(std::string_view art) {
    static constexpr std::string_view arten[] = {"task", "userTask", "manualTask", "subProcess", "callActivity"};
    return std::ranges::find(arten, art) != std::end(arten);
  }

  void lanes(xmlNode* set, const std::string& above) {
    children(set, [&](xmlNode* lane) {
      if (nameOf(lane) != "lane") return;
      const auto name = clean(attribute(lane, "name"));
      std::string nennung;
      children(lane, [&](xmlNode* one) {
        // What a line of a slip would write, quotation marks too.
        if (nameOf(one) == "documentation" && content(one).starts_with('@') && content(one).size() <= 300)
          nennung = content(one);
      });
      if (nennung.find('\n') != std::string::npos) nennung.clear();
      children(lane, [&](xmlNode* one) {
        if (nameOf(one) == "flowNodeRef") lanes_[content(one)] = {name.empty() ? above : name, nennung};
        if (nameOf(one) == "childLaneSet") lanes(one, name.empty() ? above : name);
      });
    });
  }

  void timer(xmlNode* event, Knoten& k) {
    children(event, [&](xmlNode* definition) {
      if (nameOf(definition) != "timerEventDefinition") {
        if (nameOf(definition).ends_with("EventDefinition")) k.andereZeit = true;
        return;
      }
      k.zeit = true;
      children(definition, [&](xmlNode* one) {
        if (nameOf(one) == "timeDuration") k.dauer = clean(content(one));
        if (nameOf(one) == "timeDate") k.tag = clean(content(one)).substr(0, 10);
      });
    });
  }

  void gather(xmlNode* process) {
    children(process, [&](xmlNode* node) {
      if (nameOf(node) == "laneSet") lanes(node, "");
    });
    std::vector<std::pair<std::string, Knoten>> boundaries;
    children(process, [&](xmlNode* node) {
      const auto id = attribute(node, "id");
      const auto art = nameOf(node);
      if (id.empty() || art == "sequenceFlow" || art == "laneSet" || knoten_.size() >= 5000) return;
      Knoten k;
      k.art = art;
      k.name = clean(attribute(node, "name"));
      if (const auto lane = lanes_.find(id); lane != lanes_.end()) std::tie(k.wer, k.nennung) = lane->second;
      timer(node, k);
      children(node, [&](xmlNode* one) {
        if (nameOf(one) == "multiInstanceLoopCharacteristics" || nameOf(one) == "standardLoopCharacteristics")
          note("Die Wiederholung von „{}“ entfällt: der Schritt kommt einmal.", k.name);
      });
      if (art == "boundaryEvent") boundaries.emplace_back(attribute(node, "attachedToRef"), k);
      order_[id] = order_.size();
      knoten_.emplace(id, std::move(k));
    });
    for (const auto& [at, event] : boundaries) {
      const auto task = knoten_.find(at);
      if (event.zeit && task != knoten_.end() && (daysOf(event.dauer) || base::Datum::parse(event.tag))) {
        task->second.dauer = event.dauer;
        task->second.tag = event.tag;
      } else {
        note("Das Ereignis „{}“ an einer Aufgabe entfällt.", event.name);
      }
    }
  }

  void flows(xmlNode* process) {
    std::map<std::string, std::string> targets;
    children(process, [&](xmlNode* node) {
      if (nameOf(node) != "sequenceFlow") return;
      const auto from = knoten_.find(attribute(node, "sourceRef")), to = knoten_.find(attribute(node, "targetRef"));
      if (from == knoten_.end() || to == knoten_.end() || from->second.art == "boundaryEvent") return;
      from->second.weiter.push_back(to->first);
      ++to->second.herein;
      targets[attribute(node, "id")] = to->first;
    });
    children(process, [&](xmlNode* node) {
      const auto at = knoten_.find(attribute(node, "id"));
      const auto standard = targets.find(attribute(node, "default"));
      if (at != knoten_.end() && standard != targets.end()) at->second.vorgabe = standard->second;
    });
  }

  using Stufen = std::vector<std::vector<Modellschritt>>;

  /// The steps from a node on, by stages; in a branch as far as the gateway where branches meet, which `end` names.
  Stufen walk(std::string at, bool branch, std::string& end) {
    Stufen out;
    while (!at.empty() && out.size() <= hoechstensSchritte) {
      const auto& k = knoten_.at(at);
      if (branch && isMerge(k)) {
        end = at;
        return out;
      }
      if (!visited_.insert(at).second) {
        if (!isMerge(k) && k.art != "endEvent" && k.herein > 1)
          note("Der Weg zurück zu „{}“ entfällt: zurückgeben kann man aus jedem Schritt.",
               k.name.empty() ? k.art : k.name);
        return out;
      }
      take(k, out);
      if (k.weiter.size() > 1 && k.art != "exclusiveGateway" && k.art != "eventBasedGateway") {
        at = split(k, out);
        continue;
      }
      at = k.weiter.empty() ? "" : k.weiter.size() == 1 ? k.weiter.front() : choose(k);
    }
    return out;
  }

  std::string choose(const Knoten& k) {
    auto way = k.vorgabe;
    if (way.empty()) {
      // The first that leads on.
      const auto fresh = std::ranges::find_if(k.weiter, [&](const auto& to) { return !visited_.contains(to); });
      way = fresh == k.weiter.end() ? k.weiter.front() : *fresh;
    }
    const auto& to = knoten_.at(way);
    note("Die Entscheidung „{}“ trifft ein Mensch, kein Laufweg: eingelesen ist der Weg zu „{}“.", k.name,
         to.name.empty() ? to.art : to.name);
    return way;
  }

  /// Branches side by side; gives where they meet.
  std::string split(const Knoten& k, Stufen& out) {
    std::string meet;
    Stufen both;
    bool uneven = false;
    for (const auto& to : k.weiter) {
      std::string end;
      auto steps = walk(to, true, end);
      if (meet.empty()) meet = end;
      uneven = uneven || steps.size() > 1;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (both.size() <= i) both.emplace_back();
        both[i].insert(both[i].end(), steps[i].begin(), steps[i].end());
      }
    }
    if (uneven) note("Von mehreren Schritten in parallelen Zweigen wartet der Laufweg nach jedem auf die anderen.");
    if (k.art == "inclusiveGateway")
      note("Von den Zweigen nach „{}“ kommen alle: ein Laufweg wählt nicht aus.", k.name);
    auto quorum = Quorum::alle;
    if (!meet.empty()) {
      const auto said = gefaltet(knoten_.at(meet).name);
      if (said.starts_with("einer")) quorum = Quorum::einer;
      if (said.starts_with("mehrheit")) quorum = Quorum::mehrheit;
    }
    for (auto& level : both) {
      for (auto& step : level) step.quorum = level.size() > 1 ? quorum : Quorum::alle;
      out.push_back(std::move(level));
    }
    return meet;
  }

  void take(const Knoten& k, Stufen& out) {
    if (isWork(k.art)) {
      if (k.art == "subProcess" || k.art == "callActivity")
        note("„{}“ ist ein Prozess für sich; er wird ein Schritt.", k.name);
      out.push_back({step(k)});
    } else if (k.art == "intermediateCatchEvent" && k.zeit && (daysOf(k.dauer) || base::Datum::parse(k.tag))) {
      auto wait = step(k);
      wait.art = Schrittart::wiedervorlage;
      out.push_back({std::move(wait)});
    } else if (k.art == "sendTask") {
      auto send = step(k);
      send.art = Schrittart::versand;
      out.push_back({std::move(send)});
    } else if (k.art.ends_with("Task")) {
      note("„{}“ tut ein Programm; der Schritt entfällt.", k.name);
    } else if (k.art == "intermediateCatchEvent" || k.art == "intermediateThrowEvent") {
      note("Das Ereignis „{}“ entfällt.", k.name);
    } else if ((k.art == "startEvent" || k.art == "endEvent") && (k.zeit || k.andereZeit)) {
      note("Was „{}“ auslöst, entfällt: ein Laufweg wird von Hand gestartet.", k.name);
    }
  }

  static Modellschritt step(const Knoten& k) {
    Modellschritt out;
    out.art = artOf(k.name, out.text);
    out.wer = k.wer;
    out.nennung = k.nennung;
    out.tage = daysOf(k.dauer);
    if (!out.tage) out.tag = base::Datum::parse(k.tag);
    return out;
  }

  std::map<std::string, std::string> pools_{};
  std::map<std::string, std::pair<std::string, std::string>> lanes_{};
  std::map<std::string, Knoten> knoten_{};
  std::map<std::string, std::size_t> order_{};
  std::set<std::string> visited_{};
  Modell out_{};
};

}  // namespace

Result<Modell> liesBpmn(std::string_view xml) {
  if (xml.size() > hoechstensBytes)
    return base::fail(base::Code::EingabeUngueltig, "Ein Modell hat höchstens 2 MB.", "xml");
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
      xmlFreeDoc);
  if (!document) return base::fail(base::Code::EingabeUngueltig, "Das ist kein wohlgeformtes XML.", "xml");
  if (document->intSubset != nullptr || document->extSubset != nullptr)
    return base::fail(base::Code::EingabeUngueltig, "Ein Modell mit DTD wird nicht gelesen.", "xml");
  auto* root = xmlDocGetRootElement(document.get());
  if (root == nullptr || !isModel(root) || nameOf(root) != "definitions")
    return base::fail(base::Code::EingabeUngueltig, "Das ist kein Modell in BPMN 2.0.", "xml");
  return Leser().read(root);
}

std::string zeileOf(const Modell& modell, const Verzeichnis& verzeichnis) {
  std::string out;
  for (std::size_t i = 0; i < modell.schritte.size(); ++i) {
    const auto& s = modell.schritte[i];
    const bool first = i == 0 || modell.schritte[i - 1].stufe != s.stufe;
    if (i > 0) out += first ? ", dann " : " und ";
    if (first && s.quorum == Quorum::einer) out += "einer von ";
    if (first && s.quorum == Quorum::mehrheit) out += "Mehrheit von ";
    if (!s.nennung.empty()) {
      out += s.nennung + " ";
    } else if (!s.wer.empty()) {
      const auto fund = verzeichnis.finde(s.wer);
      out += fund.eintrag != nullptr ? verzeichnis.nennung(*fund.eintrag) + " " : fmt::format("@\"{}\" ", s.wer);
    }
    out += kuerzel(s.art);
    const auto* before = s.art == Schrittart::wiedervorlage ? "am" : "bis";
    if (s.tage) out += fmt::format("{} in {} Tagen", s.art == Schrittart::wiedervorlage ? "" : " bis", *s.tage);
    if (s.tag) out += fmt::format(" {} {}", before, kurzerTag(*s.tag));
    if (!s.text.empty()) out += fmt::format(" \"{}\"", s.text);
  }
  return out;
}

}  // namespace geschaeftsgang
