# Puts files into the program: migrations, templates, texts, built assets and the catalogue's files.
# base/embedded.h finds them by their path, as it is in the repository (built assets: "assets/<name>").

set(YIMEN_WEB_OUT ${CMAKE_BINARY_DIR}/web)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/styles/* ${CMAKE_SOURCE_DIR}/web/islands/*
     ${CMAKE_SOURCE_DIR}/web/images/* ${CMAKE_SOURCE_DIR}/web/openapi/*.json ${CMAKE_SOURCE_DIR}/web/build.mjs)
add_custom_command(
  OUTPUT ${YIMEN_WEB_OUT}/manifest.json
  COMMAND node ${CMAKE_SOURCE_DIR}/web/build.mjs ${YIMEN_WEB_OUT}
  DEPENDS ${web_sources} ${CMAKE_SOURCE_DIR}/package-lock.json
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  COMMENT "Building styles and islands")

file(GLOB_RECURSE embedded_files CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/src/*/migrations/*.sql
     ${CMAKE_SOURCE_DIR}/web/templates/*.mustache ${CMAKE_SOURCE_DIR}/web/texts/*.json
     ${CMAKE_SOURCE_DIR}/data/*)
string(REPLACE ";" "\n" listing "${embedded_files}")
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/embedded.list CONTENT "${listing}\n")
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/embedded.S
  COMMAND ${CMAKE_COMMAND} -DLIST=${CMAKE_BINARY_DIR}/embedded.list -DROOT=${CMAKE_SOURCE_DIR} -DASSETS=${YIMEN_WEB_OUT}
          -DOUT=${CMAKE_BINARY_DIR}/embedded.S -P ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
  DEPENDS ${CMAKE_BINARY_DIR}/embedded.list ${embedded_files} ${YIMEN_WEB_OUT}/manifest.json ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
  COMMENT "Embedding files")
add_library(yimen_embedded OBJECT ${CMAKE_BINARY_DIR}/embedded.S)
