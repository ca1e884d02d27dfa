# optimat_embed(TARGET SOURCES files ROOT dir): compiles files into the program, so that it needs none beside it.
# They are found at run time by their path relative to ROOT through base/embedded.hpp.
function(optimat_embed target)
  cmake_parse_arguments(arg "" "ROOT" "SOURCES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${arg_ROOT} "-DFILES=${arg_SOURCES}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${arg_SOURCES} ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
