#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/xml.h"
#include "geschaeftsgang/bpmn.h"
#include "worte.h"

namespace geschaeftsgang {
namespace {

constexpr int taskWidth = 120, taskHeight = 80, rowHeight = 110, gap = 60, gate = 50, event = 36, left = 160, top = 80;

struct Kasten {
  int x = 0, y = 0, breite = 0, hoehe = 0;
};

/// Lanes are rows, stages go from left to right.
class Schreiber {
 public:
  explicit Schreiber(const Modell& modell) : modell_(modell) {}

  std::string run() {
    findLanes();
    std::string last = shape("Start", {left, middle(0) - event / 2, event, event});
    nodes_ += "    <startEvent id=\"Start\"/>\n";
    inLane("Start", 0);
    x_ = left + event + gap;
    for (std::size_t from = 0, to = 0; from < modell_.schritte.size(); from = to) {
      while (to < modell_.schritte.size() && modell_.schritte[to].stufe == modell_.schritte[from].stufe) ++to;
      last = stage(last, from, to);
    }
    nodes_ += "    <endEvent id=\"Ende\"/>\n";
    inLane("Ende", 0);
    shape("Ende", {x_, middle(0) - event / 2, event, event});
    flow(last, "Ende");
    x_ += event + gap;
    return whole();
  }

 private:
  struct Bahn {
    std::string name{}, nennung{}, nodes{};
    int reihen = 1, y = 0;
  };

  [[nodiscard]] std::size_t laneOf(const Modellschritt& s) const {
    const auto at =
        std::ranges::find_if(bahnen_, [&](const Bahn& b) { return b.name == s.wer && b.nennung == s.nennung; });
    return static_cast<std::size_t>(at - bahnen_.begin());
  }
  void findLanes() {
    for (const auto& s : modell_.schritte)
      if (laneOf(s) == bahnen_.size()) bahnen_.push_back({s.wer, s.nennung, {}, 1, 0});
    if (bahnen_.empty()) bahnen_.push_back({});
    // As high as the most that one has to do side by side.
    std::map<std::pair<std::int64_t, std::size_t>, int> beside;
    for (const auto& s : modell_.schritte) {
      const auto lane = laneOf(s);
      bahnen_[lane].reihen = std::max(bahnen_[lane].reihen, ++beside[{s.stufe, lane}]);
    }
    int y = top;
    for (auto& one : bahnen_) {
      one.y = y;
      y += one.reihen * rowHeight;
    }
    bottom_ = y;
  }
  [[nodiscard]] int middle(std::size_t lane, int row = 0) const {
    return bahnen_[lane].y + row * rowHeight + rowHeight / 2;
  }
  void inLane(std::string_view id, std::size_t lane) {
    bahnen_[lane].nodes += fmt::format("        <flowNodeRef>{}</flowNodeRef>\n", id);
  }

  std::string shape(std::string id, const Kasten& k) {
    shapes_ += fmt::format(
        "      <bpmndi:BPMNShape id=\"{0}_di\" bpmnElement=\"{0}\"><dc:Bounds x=\"{1}\" y=\"{2}\" width=\"{3}\" "
        "height=\"{4}\"/></bpmndi:BPMNShape>\n",
        id, k.x, k.y, k.breite, k.hoehe);
    places_[id] = k;
    return id;
  }
  void flow(const std::string& from, const std::string& to) {
    const auto id = fmt::format("Fluss_{}", ++flowCount_);
    flows_ += fmt::format("    <sequenceFlow id=\"{}\" sourceRef=\"{}\" targetRef=\"{}\"/>\n", id, from, to);
    const auto &a = places_[from], &b = places_[to];
    const int x1 = a.x + a.breite, y1 = a.y + a.hoehe / 2, x2 = b.x, y2 = b.y + b.hoehe / 2, half = (x1 + x2) / 2;
    std::string points = fmt::format("<di:waypoint x=\"{}\" y=\"{}\"/>", x1, y1);
    if (y1 != y2)
      points += fmt::format("<di:waypoint x=\"{0}\" y=\"{1}\"/><di:waypoint x=\"{0}\" y=\"{2}\"/>", half, y1, y2);
    shapes_ += fmt::format(
        "      <bpmndi:BPMNEdge id=\"{0}_di\" bpmnElement=\"{0}\">{1}<di:waypoint x=\"{2}\" "
        "y=\"{3}\"/></bpmndi:BPMNEdge>\n",
        id, points, x2, y2);
  }

  std::string stage(const std::string& before, std::size_t from, std::size_t to) {
    if (to - from == 1) {
      const auto id = step(from, 0);
      flow(before, id);
      x_ += taskWidth + gap;
      return id;
    }
    const auto quorum = modell_.schritte[from].quorum;
    const auto lane = laneOf(modell_.schritte[from]);
    const auto fork = gateway(fmt::format("Teilung_{}", modell_.schritte[from].stufe), "parallelGateway", "", lane);
    flow(before, fork);
    x_ += gate + gap;
    std::map<std::size_t, int> rows;
    std::vector<std::string> ids;
    for (auto i = from; i < to; ++i) ids.push_back(step(i, rows[laneOf(modell_.schritte[i])]++));
    for (const auto& id : ids) flow(fork, id);
    x_ += taskWidth + gap;
    const auto join = gateway(fmt::format("Treffpunkt_{}", modell_.schritte[from].stufe),
                              quorum == Quorum::alle ? "parallelGateway" : "complexGateway",
                              quorum == Quorum::einer      ? "einer genügt"
                              : quorum == Quorum::mehrheit ? "Mehrheit genügt"
                                                           : "",
                              lane);
    for (const auto& id : ids) flow(id, join);
    x_ += gate + gap;
    return join;
  }
  std::string gateway(std::string id, std::string_view art, std::string_view name, std::size_t lane) {
    nodes_ += fmt::format("    <{} id=\"{}\"{}/>\n", art, id,
                          name.empty() ? "" : fmt::format(" name=\"{}\"", base::xmlEscaped(name)));
    inLane(id, lane);
    return shape(std::move(id), {x_, middle(lane) - gate / 2, gate, gate});
  }

  static std::string timer(std::string_view id, const Modellschritt& s) {
    const auto when =
        s.tag ? fmt::format("<timeDate xsi:type=\"tFormalExpression\">{}T00:00:00</timeDate>", s.tag->text())
              : fmt::format("<timeDuration xsi:type=\"tFormalExpression\">P{}D</timeDuration>", s.tage.value_or(1));
    return fmt::format("<timerEventDefinition id=\"{}_uhr\">{}</timerEventDefinition>", id, when);
  }
  std::string step(std::size_t i, int row) {
    const auto& s = modell_.schritte[i];
    const auto lane = laneOf(s);
    auto id = fmt::format("Schritt_{}", i + 1);
    const auto name =
        base::xmlEscaped(s.text.empty() ? std::string(kuerzel(s.art)) : fmt::format("{}: {}", kuerzel(s.art), s.text));
    inLane(id, lane);
    if (s.art == Schrittart::wiedervorlage) {
      nodes_ += fmt::format("    <intermediateCatchEvent id=\"{0}\" name=\"{1}\">{2}</intermediateCatchEvent>\n", id,
                            name, timer(id, s));
      return shape(std::move(id), {x_ + (taskWidth - event) / 2, middle(lane, row) - event / 2, event, event});
    }
    nodes_ += fmt::format("    <userTask id=\"{}\" name=\"{}\"/>\n", id, name);
    const Kasten box{x_, middle(lane, row) - taskHeight / 2, taskWidth, taskHeight};
    shape(id, box);
    if (s.tag || s.tage) {
      const auto limit = fmt::format("Frist_{}", i + 1);
      nodes_ +=
          fmt::format("    <boundaryEvent id=\"{}\" cancelActivity=\"false\" attachedToRef=\"{}\">{}</boundaryEvent>\n",
                      limit, id, timer(limit, s));
      inLane(limit, lane);
      shape(limit, {box.x + box.breite - event, box.y + box.hoehe - event / 2, event, event});
    }
    return id;
  }

  [[nodiscard]] std::string whole() const {
    std::string lanes, laneShapes;
    for (std::size_t i = 0; i < bahnen_.size(); ++i) {
      const auto& one = bahnen_[i];
      lanes +=
          fmt::format("      <lane id=\"Bahn_{}\" name=\"{}\">\n{}{}      </lane>\n", i + 1, base::xmlEscaped(one.name),
                      one.nennung.empty()
                          ? ""
                          : fmt::format("        <documentation>{}</documentation>\n", base::xmlEscaped(one.nennung)),
                      one.nodes);
      laneShapes += fmt::format(
          "      <bpmndi:BPMNShape id=\"Bahn_{0}_di\" bpmnElement=\"Bahn_{0}\" isHorizontal=\"true\"><dc:Bounds "
          "x=\"{1}\" y=\"{2}\" width=\"{3}\" height=\"{4}\"/></bpmndi:BPMNShape>\n",
          i + 1, left - 60, one.y, x_ - left + 60, one.reihen * rowHeight);
    }
    const auto name = base::xmlEscaped(modell_.name);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
        "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" "
        "xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"Laufweg\" "
        "targetNamespace=\"urn:aktenlotse:laufweg\" exporter=\"Aktenlotse\">\n"
        "  <collaboration id=\"Zusammenarbeit\">\n    <participant id=\"Teilnehmer\" name=\"{0}\" "
        "processRef=\"Prozess\"/>\n  </collaboration>\n"
        "  <process id=\"Prozess\" name=\"{0}\" isExecutable=\"false\">\n"
        "    <laneSet id=\"Bahnen\">\n{1}    </laneSet>\n{2}{3}  </process>\n"
        "  <bpmndi:BPMNDiagram id=\"Bild\">\n    <bpmndi:BPMNPlane id=\"Flaeche\" bpmnElement=\"Zusammenarbeit\">\n"
        "      <bpmndi:BPMNShape id=\"Teilnehmer_di\" bpmnElement=\"Teilnehmer\" isHorizontal=\"true\"><dc:Bounds "
        "x=\"{4}\" y=\"{5}\" width=\"{6}\" height=\"{7}\"/></bpmndi:BPMNShape>\n{8}{9}    </bpmndi:BPMNPlane>\n"
        "  </bpmndi:BPMNDiagram>\n</definitions>\n",
        name, lanes, nodes_, flows_, left - 90, top, x_ - left + 90, bottom_ - top, laneShapes, shapes_);
  }

  const Modell& modell_;
  std::vector<Bahn> bahnen_{};
  std::map<std::string, Kasten> places_{};
  std::string nodes_{}, flows_{}, shapes_{};
  int x_ = 0, bottom_ = 0, flowCount_ = 0;
};

}  // namespace

std::string schreibeBpmn(const Modell& modell) { return Schreiber(modell).run(); }

}  // namespace geschaeftsgang
