#pragma once
// What the tests of the store share: an extract that is read, its import, and comparisons of whole states.

#include "snapshot/chunk_codec.hpp"
#include "snapshot/extracts_for_tests.hpp"
#include "store/import.hpp"
#include "store/snapshots.hpp"
#include "store/store_places_for_tests.hpp"

#include <fstream>
#include <iterator>

namespace optimat {

/// A folder's extract with all that an import asks for.
struct TestExtract {
    explicit TestExtract(const std::filesystem::path& extract_folder, std::size_t chunks = 4)
        : folder(extract_folder),
          read(read_for_test(extract_folder, chunks)),
          policy(Definitions().policy()) {}

    ImportRequest request(unsigned threads = 2) const {
        return {read.extract,           read.report,          policy, folder, read.files, "0.1.0",
                "2018-11-05T09:30:00Z", ThreadCount{threads}, {}};
    }

    std::filesystem::path folder;
    ReadExtract read;
    Policy policy;
};

inline ImportResult import_into(const std::string& location, const TestExtract& extract) {
    Store store(location, StoreAccess::create);
    return import_snapshot(store, extract.request());
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// One text for all of an extract: two are equal when every cell is.
inline std::string content_of(const Extract& extract) {
    std::string content = encode_about(About::of(extract, {}));
    for (const Chunk& chunk : extract.chunks)
        content += chunk_payload(chunk);
    return content;
}

}  // namespace optimat
