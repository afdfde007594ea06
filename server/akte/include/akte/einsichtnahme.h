#pragma once
// Who has looked at what is sensitive (Geheimhaltung above offen): noted with the look, and shown to those who answer
// for the access. A technical table, outside of the journal: it says nothing of the object, and goes with it.
#include "akte/schriftgut.h"
#include "mandant/zugang.h"

namespace akte {

/// The grade that holds: its own, or that of what it lies in where this is higher.
[[nodiscard]] Geheimhaltung gradOf(const AkteMit& mit);
[[nodiscard]] Geheimhaltung gradOf(const VorgangMit& mit);
[[nodiscard]] Geheimhaltung gradOf(const DokumentMit& mit);

/// One look at an object of this grade; where it is offen, nothing is noted. There is no look without its note: throws
/// where it cannot be written.
void vermerkeEinsicht(mandant::Zugang& zugang, const Berechtigung& wer, SuchArt art, std::int64_t objekt,
                      Geheimhaltung grad);
/// The same of a Dokument that the person sees, by its name.
void vermerkeEinsicht(mandant::Zugang& zugang, const Berechtigung& wer, const base::Uuid& dokument);

void addEinsichtnahmeRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
