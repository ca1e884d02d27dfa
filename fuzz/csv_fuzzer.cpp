// Any bytes as a CSV file: whatever the size of the blocks that it is read in, the rows equal a naive
// reading's.

#include "base/check.hpp"
#include "base/temporary_folder.hpp"
#include "intake/csv_reference.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace optimat;
    static const TemporaryFolder folder("/dev/shm");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto file = folder.write("fuzz.csv", text);
    const csv_reference::File expected = csv_reference::read_naively(text);
    const std::size_t odd_block = size == 0 ? 1 : 1 + data[size - 1];
    for (const std::size_t block : {std::size_t{1}, odd_block, std::size_t{1} << 16}) {
        if (size > block * 4096) continue;
        OPTIMAT_CHECK(csv_reference::read_in_blocks(file, block) == expected, "the readings differ");
    }
    return 0;
}
