#pragma once
// What a reading transaction finds for work that is done outside of one. Private to the room.
#include "schreiben/schreiben.h"

namespace schreiben {

struct Entwurfsplan {
  std::string dateiname{};
  std::string vorlage{};  ///< the blob of the template; empty: `inhalt` is the file
  std::string inhalt{};
  struct Brief {
    std::optional<Empfaenger> empfaenger{};
    std::string werte{};  ///< JSON for the fields
  };
  std::vector<Brief> briefe{};
  OptId bezug{};  ///< the Dokument that is answered
};

struct Versandplan {
  Versandart art{};
  base::Datum ausgangsdatum{};
  struct Stueck {
    Empfaenger empfaenger{};
    std::string nachrichtId{};
    std::optional<blob::Ref> nachricht{};
  };
  std::vector<Stueck> stuecke{};
  std::vector<ReinschriftZeile> reinschriften{};  ///< of the Dokument and its Anlagen
  std::vector<std::string> namen{};               ///< of the files, in the same order
  jobs::Brief brief{};                            ///< what is the same in all messages
  std::string beantwortet{};                      ///< the blob of the mail that is answered
};

/// A JSON object of the values.
[[nodiscard]] std::string werteJson(const std::vector<std::pair<std::string, std::string>>& werte);

}  // namespace schreiben
