// Arbitrary bytes as a stored chunk and as a snapshot's description: a StoreError or a chunk that keeps every
// promise of chunk_checks.hpp, never a crash. The first byte chooses the way in: a whole blob, behind its
// checksum, or a payload. With OPTIMAT_SNAPSHOT_CORPUS=FOLDER the program first writes a small corpus there.

#include "base/error.hpp"
#include "snapshot/about.hpp"
#include "snapshot/chunk_codec.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace optimat;

constexpr std::size_t inventory_items = 2, service_count = 3;
constexpr std::size_t size_limit = 1 << 22;

enum class Way : std::uint8_t { chunk_blob, chunk_payload, about_blob, about_payload };
constexpr std::uint8_t way_count = 4;

/// A client with one row in each table, every cell at its lowest.
Chunk small_chunk() {
    Chunk chunk;
    for (const char* id : {"c1", "c2"})
        chunk.client_ids.push_back(id);
    chunk.listed = {Flag::yes, Flag::no};
    chunk.refused_records = {0, 2};
    for (const char* text : {"", "team"})
        chunk.texts.push_back(text);
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        Table& table = chunk.tables[i];
        table.row_count = 2;
        table.first_row = kind == TableKind::clients ? std::vector<std::uint32_t>{0, 1, 2}
                                                     : std::vector<std::uint32_t>{0, 2, 2};
        for (const Field& field : fields_of(kind)) {
            Column& column = table.columns.emplace_back(field.kind, table.row_count);
            for (std::byte& cell : column.raw())
                cell = std::byte{field.kind == FieldKind::code};
            if (field.kind == FieldKind::count)
                for (OptionalCount& cell : column.cells<OptionalCount>())
                    cell = OptionalCount{field.minimum};
            if (field.kind == FieldKind::record)
                for (const char* id : {"r1", "r2"})
                    table.record_ids.push_back(id);
        }
        if (kind == TableKind::ascis)
            for (std::size_t item = 0; item < inventory_items; ++item) {
                Column& column = table.columns.emplace_back(FieldKind::flag, table.row_count);
                for (Flag& cell : column.cells<Flag>())
                    cell = Flag::yes;
            }
    }
    return chunk;
}

void write_corpus(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto write = [&](Way way, const std::string& bytes) {
        std::ofstream file(folder / ("way-" + std::to_string(static_cast<int>(way))), std::ios::binary);
        file.put(static_cast<char>(way));
        file << bytes;
    };
    write(Way::chunk_blob, encode_chunk(small_chunk()));
    write(Way::chunk_payload, chunk_payload(small_chunk()));
    const About about{"O", Day{16000}, Day{17000}, {Service{}}, {"item"}, {"toolkit", "1", "hash"}};
    write(Way::about_blob, encode_about(about));
    write(Way::about_payload, unseal(BlobKind::about, encode_about(about)));
}

void read(Way way, std::string_view bytes) {
    switch (way) {
    case Way::chunk_blob:
        decode_chunk(bytes, inventory_items, service_count);
        return;
    case Way::chunk_payload: {
        const Chunk chunk = read_chunk_payload(bytes, inventory_items, service_count, size_limit);
        // What was accepted is written and read again: it must stay what it is.
        const std::string again = chunk_payload(chunk);
        if (chunk_payload(read_chunk_payload(again, inventory_items, service_count, size_limit)) != again)
            std::abort();
        return;
    }
    case Way::about_blob:
        decode_about(bytes);
        return;
    case Way::about_payload:
        read_about_payload(bytes);
        return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    if (const char* const folder = std::getenv("OPTIMAT_SNAPSHOT_CORPUS")) write_corpus(folder);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    try {
        read(Way{static_cast<std::uint8_t>(data[0] % way_count)},
             {reinterpret_cast<const char*>(data) + 1, size - 1});
    } catch (const StoreError&) {
    }
    return 0;
}
