#include "text/query.h"

#include <algorithm>

namespace text {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

/// `(a SIGN b SIGN c)`, or the one part alone.
std::string join(const std::vector<std::string>& parts, std::string_view sign) {
  if (parts.size() == 1) return parts.front();
  std::string result = "(";
  for (const auto& part : parts) {
    if (result.size() > 1) result += sign;
    result += part;
  }
  return result += ')';
}

template <class Render>
std::vector<std::string> each(const std::vector<Node>& nodes, const Render& render) {
  std::vector<std::string> parts;
  for (const Node& node : nodes) parts.push_back(render(node));
  return parts;
}

std::string leafFts5(const Leaf& leaf) {
  std::string result = leaf.stream == Leaf::Stream::wort   ? "{wort kopfwort} : \""
                       : leaf.stream == Leaf::Stream::teil ? "teil : \""
                       : leaf.terms.size() > 1             ? "{stamm kopfstamm} : \""
                                                           : "{stamm teil kopfstamm} : \"";
  for (const auto& term : leaf.terms) {
    if (result.back() != '"') result += ' ';
    result += term;
  }
  return result += leaf.prefix ? "\" *" : "\"";
}

std::string fts5(const Node& node) {
  return std::visit(Overloaded{[](const Leaf& leaf) { return leafFts5(leaf); },
                               [](const Any& any) { return join(each(any.of, fts5), " OR "); },
                               [](const All& all) {
                                 auto with = join(each(all.with, fts5), " AND ");
                                 if (all.without.empty()) return with;
                                 return '(' + with + " NOT " + join(each(all.without, fts5), " OR ") + ')';
                               }},
                    node.is);
}

std::string condition(const Node& node, const std::function<std::string(const Leaf&)>& leaf) {
  const auto render = [&leaf](const Node& child) { return condition(child, leaf); };
  return std::visit(Overloaded{[&](const Leaf& is) { return leaf(is); },
                               [&](const Any& any) { return join(each(any.of, render), " OR "); },
                               [&](const All& all) {
                                 auto parts = each(all.with, render);
                                 for (const Node& child : all.without) parts.push_back("NOT (" + render(child) + ')');
                                 return join(parts, " AND ");
                               }},
                    node.is);
}

std::string tsquery(const Leaf& leaf, std::string_view sign) {
  if (leaf.stream == Leaf::Stream::stamm && leaf.terms.size() == 1)
    return "(s" + leaf.terms[0] + "|t" + leaf.terms[0] + ")";
  const char letter = leaf.stream == Leaf::Stream::wort ? 'w' : leaf.stream == Leaf::Stream::teil ? 't' : 's';
  std::vector<std::string> parts;
  for (const auto& term : leaf.terms) parts.push_back(letter + term);
  if (leaf.prefix) parts.back() += ":*";
  return join(parts, sign);
}

/// What vectors without positions can say of a node: `atLeast` is true of every document that the node is true of,
/// `atMost` of no other. `atMost` is empty where nothing is certain.
std::string atMost(const Node& node);

std::string atLeast(const Node& node) {
  return std::visit(Overloaded{[](const Leaf& leaf) { return tsquery(leaf, "&"); },
                               [](const Any& any) { return join(each(any.of, atLeast), "|"); },
                               [](const All& all) {
                                 auto parts = each(all.with, atLeast);
                                 for (const Node& child : all.without) {
                                   if (const auto certain = atMost(child); !certain.empty())
                                     parts.push_back('!' + certain);
                                 }
                                 return join(parts, "&");
                               }},
                    node.is);
}

std::string atMost(const Node& node) {
  return std::visit(
      Overloaded{[](const Leaf& leaf) { return needsPositions(leaf) ? std::string() : tsquery(leaf, "&"); },
                 [](const Any& any) {
                   auto parts = each(any.of, atMost);
                   std::erase(parts, std::string());
                   return parts.empty() ? std::string() : join(parts, "|");
                 },
                 [](const All& all) {
                   auto parts = each(all.with, atMost);
                   if (std::count(parts.begin(), parts.end(), std::string()) > 0) return std::string();
                   for (const Node& child : all.without) parts.push_back('!' + atLeast(child));
                   return join(parts, "&");
                 }},
      node.is);
}

bool truth(const Node& node, const std::function<bool(const Leaf&)>& leaf) {
  const auto isTrue = [&leaf](const Node& child) { return truth(child, leaf); };
  return std::visit(Overloaded{[&](const Leaf& is) { return leaf(is); },
                               [&](const Any& any) { return std::any_of(any.of.begin(), any.of.end(), isTrue); },
                               [&](const All& all) {
                                 return std::all_of(all.with.begin(), all.with.end(), isTrue) &&
                                        std::none_of(all.without.begin(), all.without.end(), isTrue);
                               }},
                    node.is);
}

void collectShown(const Node& node, std::vector<const Leaf*>& leaves) {
  std::visit(Overloaded{[&](const Leaf& leaf) { leaves.push_back(&leaf); },
                        [&](const Any& any) {
                          for (const Node& child : any.of) collectShown(child, leaves);
                        },
                        [&](const All& all) {
                          for (const Node& child : all.with) collectShown(child, leaves);
                        }},
             node.is);
}

bool anyNeedsPositions(const Node& node) {
  const auto search = [](const std::vector<Node>& nodes) {
    return std::any_of(nodes.begin(), nodes.end(), anyNeedsPositions);
  };
  return std::visit(
      Overloaded{[](const Leaf& leaf) { return needsPositions(leaf); }, [&](const Any& any) { return search(any.of); },
                 [&](const All& all) { return search(all.with) || search(all.without); }},
      node.is);
}

}  // namespace

std::string toFts5(const Query& query) { return query.root ? fts5(*query.root) : std::string(); }

bool needsPositions(const Leaf& leaf) { return leaf.terms.size() > 1; }

bool needsPositions(const Query& query) { return query.root && anyNeedsPositions(*query.root); }

std::string candidateTsquery(const Query& query) { return query.root ? atLeast(*query.root) : std::string(); }

std::string toTsquery(const Leaf& leaf) { return tsquery(leaf, "<->"); }

std::string toCondition(const Query& query, const std::function<std::string(const Leaf&)>& leaf) {
  return query.root ? condition(*query.root, leaf) : std::string();
}

bool evaluate(const Query& query, const std::function<bool(const Leaf&)>& leaf) {
  return query.root && truth(*query.root, leaf);
}

std::vector<const Leaf*> shownLeaves(const Query& query) {
  std::vector<const Leaf*> leaves;
  if (query.root) collectShown(*query.root, leaves);
  return leaves;
}

}  // namespace text
