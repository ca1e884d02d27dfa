# optimat_module(NAME LINK targets...): one folder of src/ as a library optimat_NAME that links only what is named,
# so an include against the flow of docs/architecture.md does not build. *_test.cpp beside the sources become the
# test program optimat_NAME_test.
function(optimat_module name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK;TEST_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB test_sources CONFIGURE_DEPENDS *_test.cpp)
  if(test_sources)
    list(REMOVE_ITEM sources ${test_sources})
  endif()
  add_library(optimat_${name} STATIC ${sources})
  target_include_directories(optimat_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(optimat_${name} PUBLIC ${arg_LINK} PRIVATE optimat_warnings ${arg_PRIVATE_LINK})
  if(OPTIMAT_TESTS AND test_sources)
    optimat_test(optimat_${name}_test SOURCES ${test_sources} LINK optimat_${name} ${arg_TEST_LINK})
  endif()
endfunction()

# optimat_test(NAME SOURCES files LINK targets): a GoogleTest program, registered case by case with CTest.
function(optimat_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} optimat_warnings GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE OPTIMAT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()
if(OPTIMAT_TESTS)
  include(GoogleTest)
endif()
