# The one table of rooms, in order of level. A room may use rooms of lower levels only; the compiler enforces it.
set(SOCI soci_core soci_sqlite3 soci_postgresql SQLite::SQLite3 PostgreSQL::PostgreSQL)

aktenlotse_room(base     LEVEL 0 LIBS Boost::json fmt::fmt spdlog::spdlog ICU::uc OpenSSL::Crypto PkgConfig::ZXING Threads::Threads)

aktenlotse_room(sql      LEVEL 1 ROOMS base LIBS ${SOCI})
if(AKTENLOTSE_SANITIZE MATCHES "undefined")
  # SOCI's libraries keep the types of their sessions to themselves, so the check of virtual tables would not link.
  set_source_files_properties(sql/connection.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=vptr SKIP_PRECOMPILE_HEADERS ON)
endif()
aktenlotse_room(blob     LEVEL 1 ROOMS base LIBS PkgConfig::SODIUM CURL::libcurl)
aktenlotse_room(text     LEVEL 1 ROOMS base LIBS ICU::uc stemmer TEST_LIBS SQLite::SQLite3)
# The list of German words goes into the program as it is (words.cpp).
set(words ${CMAKE_CURRENT_SOURCE_DIR}/text/woerter/deutsch.txt)
set_source_files_properties(text/words.cpp PROPERTIES OBJECT_DEPENDS ${words}
  COMPILE_DEFINITIONS AKTENLOTSE_WORDS="${words}")
aktenlotse_room(extract  LEVEL 1 ROOMS base)

aktenlotse_room(http     LEVEL 1 ROOMS base LIBS ZLIB::ZLIB)

aktenlotse_room(journal  LEVEL 2 ROOMS sql)
aktenlotse_room(jobs     LEVEL 2 ROOMS sql LIBS CURL::libcurl)

aktenlotse_room(mandant  LEVEL 3 ROOMS journal jobs http LIBS PkgConfig::SODIUM PkgConfig::FIDO2)

aktenlotse_room(akte     LEVEL 4 ROOMS mandant blob extract)

aktenlotse_room(suche    LEVEL 5 ROOMS akte text)
aktenlotse_room(rendition LEVEL 5 ROOMS akte jobs extract)

aktenlotse_room(geschaeftsgang LEVEL 5 ROOMS akte jobs LIBS LibXml2::LibXml2)

aktenlotse_room(auswertung LEVEL 5 ROOMS akte)

aktenlotse_room(eingang  LEVEL 6 ROOMS suche jobs LIBS CURL::libcurl)

aktenlotse_room(schreiben LEVEL 7 ROOMS eingang rendition geschaeftsgang)
aktenlotse_room(netz     LEVEL 6 ROOMS geschaeftsgang LIBS PkgConfig::SODIUM CURL::libcurl)
# The register of towns and the Werkzeugkoffer lie in the program.
include(embed)
aktenlotse_embed(room_netz ${CMAKE_CURRENT_SOURCE_DIR}/netz/daten netz_daten)
# So do the passwords that are refused.
aktenlotse_embed(room_mandant ${CMAKE_CURRENT_SOURCE_DIR}/mandant/daten mandant_daten)
