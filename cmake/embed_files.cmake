# Writes OUT, a C++ file that holds each of FILES as bytes under its path relative to ROOT; a file
# above ROOT by its name alone.
set(table "")
set(text "#include \"base/embedded.hpp\"\n\nnamespace {\n")
set(n 0)
foreach(file IN LISTS FILES)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  file(RELATIVE_PATH name ${ROOT} ${file})
  string(REGEX REPLACE "^(\\.\\./)+" "" name "${name}")
  string(APPEND text "constexpr char file_${n}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", {file_${n}, sizeof file_${n} - 1}},\n")
  math(EXPR n "${n} + 1")
endforeach()
string(APPEND text "constexpr optimat::EmbeddedFile files[] = {\n${table}};\n}  // namespace\n\n"
  "std::span<const optimat::EmbeddedFile> optimat::embedded_files() { return files; }\n")
file(WRITE ${OUT} "${text}")
