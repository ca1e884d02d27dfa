# optimat_module(NAME LINK targets...): one folder of src/ as a library optimat_NAME that links only what is named,
# so an include against the flow of docs/architecture.md does not build. *_test.cpp beside the sources become the
# test program optimat_NAME_test. TEST_FIXTURES: what its tests share (postgresql: a server, tests/postgresql).
function(optimat_module name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK;TEST_LINK;TEST_FIXTURES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB test_sources CONFIGURE_DEPENDS *_test.cpp)
  if(test_sources)
    list(REMOVE_ITEM sources ${test_sources})
  endif()
  add_library(optimat_${name} STATIC ${sources})
  target_include_directories(optimat_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(optimat_${name} PUBLIC ${arg_LINK} PRIVATE optimat_warnings ${arg_PRIVATE_LINK})
  if(OPTIMAT_TESTS AND test_sources)
    optimat_test(optimat_${name}_test SOURCES ${test_sources} LINK optimat_${name} ${arg_TEST_LINK}
      FIXTURES ${arg_TEST_FIXTURES})
  endif()
endfunction()

# optimat_test(NAME SOURCES files LINK targets [FIXTURES names] [WHOLE]): a GoogleTest program, registered case by case with CTest; with
# WHOLE as one test, for programs whose cases share a dear set-up.
function(optimat_test name)
  cmake_parse_arguments(arg "WHOLE" "" "SOURCES;LINK;FIXTURES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} optimat_warnings GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE OPTIMAT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # The tests' own code runs once: with the sanitizers it takes twice as long to optimise as to compile.
  if(OPTIMAT_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(arg_FIXTURES)
    set(fixtures FIXTURES_REQUIRED "${arg_FIXTURES}")
    target_compile_definitions(${name} PRIVATE OPTIMAT_POSTGRESQL="${CMAKE_BINARY_DIR}/postgresql")
  endif()
  if(arg_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200 ${fixtures})
  else()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 ${fixtures})
  endif()
endfunction()
if(OPTIMAT_TESTS)
  include(GoogleTest)
endif()
