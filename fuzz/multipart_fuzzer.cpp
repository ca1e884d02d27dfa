// Any bytes as a form with files: cut anywhere, it gives the same parts or the same refusal as in one piece.

#include "base/check.hpp"
#include "base/error.hpp"
#include "http/multipart.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

using namespace optimat;

// What came out, as one text: names and contents with separators that the forms below cannot hold by chance
// alone.
class Transcript : public PartReceiver {
  public:
    void begin(const Part& part) override {
        m_text += "<" + part.name + "|" + part.filename.value_or("(none)") + ">";
        OPTIMAT_CHECK(!part.filename || part.filename->find_first_of("/\\") == std::string::npos,
                      "a file's name leads elsewhere");
    }
    void take(std::string_view bytes) override { m_text += bytes; }
    void end() override { m_text += "</>"; }
    std::string m_text;
};

std::string read(std::string_view form, std::size_t piece) {
    Transcript transcript;
    MultipartParser parser("multipart/form-data; boundary=XY", transcript);
    try {
        for (; !form.empty(); form.remove_prefix(std::min(piece, form.size())))
            parser.take(form.substr(0, piece));
        parser.finish();
    } catch (const UsageError&) {
        return "refused";
    }
    return transcript.m_text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view form(reinterpret_cast<const char*>(data), size);
    const std::string whole = read(form, size + 1);
    const std::size_t odd = size == 0 ? 1 : 1 + data[size - 1];
    for (const std::size_t piece : {std::size_t{1}, odd})
        OPTIMAT_CHECK(read(form, piece) == whole, "the cut changes what is read");
    // The boundary comes from the client, too.
    Transcript ignored;
    try {
        const MultipartParser parser(form, ignored);
    } catch (const UsageError&) {
    }
    return 0;
}
