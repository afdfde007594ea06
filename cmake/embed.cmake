# aktenlotse_embed(TARGET FOLDER SYMBOL [DEPENDS what makes the folder...])
#
# Puts every file of FOLDER into TARGET, packed and as it is; `std::span<const http::Asset> SYMBOL();` gives the table,
# which is empty while the folder is missing. Files are found when building, not when configuring.
function(aktenlotse_embed target folder symbol)
  cmake_parse_arguments(EMBED "" "" "DEPENDS" ${ARGN})
  if(NOT TARGET embed_assets)
    add_executable(embed_assets ${PROJECT_SOURCE_DIR}/server/http/embed/embed_assets.cpp)
    target_link_libraries(embed_assets PRIVATE room_base ZLIB::ZLIB)
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(OUTPUT ${source} DEPFILE ${source}.d DEPENDS embed_assets ${EMBED_DEPENDS} VERBATIM
    COMMAND embed_assets ${folder} ${source} ${source}.d ${symbol}
    COMMENT "Embedding ${folder}")
  target_sources(${target} PRIVATE ${source})
  target_link_libraries(${target} PRIVATE room_http)
endfunction()
