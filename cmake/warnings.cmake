# One place for the compiler's strictness. Warnings are errors everywhere; a third party's headers are SYSTEM.
add_library(optimat_warnings INTERFACE)
target_compile_options(optimat_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-align -Woverloaded-virtual -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives of these two inside the standard library at -O3.
  target_compile_options(optimat_warnings INTERFACE -Wno-restrict -Wno-stringop-overflow)
endif()

if(OPTIMAT_SANITIZE)
  # -g1: lines for the traces, which is all that is read of it; a quarter of the compile time less than -g.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=address,undefined)
endif()
if(OPTIMAT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

# For programs that use std::regex: GCC 12 takes its states for uninitialised when the sanitizers look on.
function(optimat_allow_regex target)
  if(OPTIMAT_SANITIZE AND TARGET ${target})
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()
