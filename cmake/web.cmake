# Target `web`: the built web UI in AKTENLOTSE_WEB_DIST. What embeds it depends on AKTENLOTSE_WEB_STAMP.
set(AKTENLOTSE_WEB_DIST ${PROJECT_BINARY_DIR}/web-dist)
set(AKTENLOTSE_WEB_STAMP ${PROJECT_BINARY_DIR}/web.stamp)
set(web ${PROJECT_SOURCE_DIR}/web)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${web}/src/* ${web}/public/* ${web}/tools/*)
add_custom_command(OUTPUT ${AKTENLOTSE_WEB_STAMP}
  COMMAND ${PROJECT_SOURCE_DIR}/tools/build-web ${AKTENLOTSE_WEB_DIST}
  COMMAND ${CMAKE_COMMAND} -E touch ${AKTENLOTSE_WEB_STAMP}
  DEPENDS ${web_sources} ${web}/index.html ${web}/package.json ${web}/package-lock.json ${web}/tsconfig.json
    ${web}/vite.config.ts ${PROJECT_SOURCE_DIR}/tools/build-web ${PROJECT_SOURCE_DIR}/tools/npm-ci
  COMMENT "Building the web UI" VERBATIM)
add_custom_target(web DEPENDS ${AKTENLOTSE_WEB_STAMP})
