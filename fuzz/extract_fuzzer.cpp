// A whole extract out of one text: `=== NAME` lines divide it into files. It is read or refused; counts
// balance; and the size of blocks, the number of threads and the number of chunks change nothing.

#include "base/check.hpp"
#include "base/error.hpp"
#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace {

using namespace optimat;

constexpr std::array<std::string_view, 12> file_names = {
    "extract.toml",      "mapping.toml",      "services.csv", "clients.csv",
    "episodes.csv",      "prescriptions.csv", "tops.csv",     "drug_screens.csv",
    "risk_profiles.csv", "ascis.csv",         "events.csv",   "other.csv"};
constexpr std::string_view divider = "=== ";

void write_files(const TemporaryFolder& folder, std::string_view text) {
    for (const std::string_view name : file_names)
        std::filesystem::remove(folder.path() / name);
    folder.write("extract.toml",
                 "organisation = \"A\"\ncovers_from = \"2018-01-01\"\ncovers_to = \"2018-12-31\"\n");
    while (!text.empty()) {
        const std::size_t line = std::min(text.find('\n'), text.size());
        const std::string_view first = text.substr(0, line);
        text.remove_prefix(std::min(line + 1, text.size()));
        const std::size_t next = text.starts_with(divider) ? 0 : text.find("\n=== ");
        const std::size_t end = next == text.npos ? text.size() : next == 0 ? 0 : next + 1;
        const std::string_view bytes = text.substr(0, end);
        text.remove_prefix(end);
        if (!first.starts_with(divider)) continue;
        const std::string_view name = first.substr(divider.size());
        if (std::ranges::find(file_names, name) != file_names.end()) folder.write(std::string(name), bytes);
    }
}

struct Split {
    unsigned threads;
    std::size_t chunks, block_size;
};

ReadOptions shipped_options() {
    static const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.built_in_mapping = [](const std::string& name) { return definitions.mapping(name); };
    return options;
}

std::optional<ReadExtract> read(const TemporaryFolder& folder, const Split& split) {
    static const ReadOptions shipped = shipped_options();
    ReadOptions options = shipped;
    options.threads = {split.threads};
    options.chunk_count = split.chunks;
    options.block_size = split.block_size;
    try {
        return read_extract(folder.path(), options);
    } catch (const InputError&) {
    } catch (const DefinitionError&) {
    }
    return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const TemporaryFolder folder("/dev/shm");
    write_files(folder, {reinterpret_cast<const char*>(data), size});
    const auto whole = read(folder, {1, 1, 1 << 16});
    const auto split = read(folder, {2, 8, 48});
    OPTIMAT_CHECK(whole.has_value() == split.has_value(), "only one of two readings was refused");
    if (!whole) return 0;
    OPTIMAT_CHECK(whole->report.issues == split->report.issues, "two readings found other issues");
    OPTIMAT_CHECK(whole->extract.client_count() == split->extract.client_count(),
                  "two readings found other clients");
    OPTIMAT_CHECK(whole->extract.services == split->extract.services, "two readings found other services");
    for (std::size_t i = 0; i < whole->report.files.size(); ++i) {
        const RowCounts& rows = whole->report.files[i].rows;
        OPTIMAT_CHECK(rows == split->report.files[i].rows, "two readings counted other rows");
        OPTIMAT_CHECK(rows.read == rows.accepted + rows.repeated + rows.refused, "counts do not balance");
    }
    return 0;
}
