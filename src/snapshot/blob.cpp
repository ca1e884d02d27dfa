#include "snapshot/blob.hpp"

#include "base/hash.hpp"
#include "snapshot/byte_stream.hpp"

#include <fmt/format.h>
#include <memory>
#include <zstd.h>

namespace optimat {

namespace {

constexpr std::string_view magic = "OPTIMAT\n";

struct Head {
    BlobKind kind;
    std::uint16_t version;
    std::uint32_t payload_size;
};
constexpr std::size_t head_size = 8 + 1 + 1 + 2 + 4;  // magic, kind, nothing, version, payload size
constexpr std::size_t checksum_size = 8;
// A block of zstd takes at least four bytes and gives at most 128 KiB: a size beyond that is not believed.
constexpr std::size_t largest_ratio = (128 << 10) / 4;

std::string_view name_of(BlobKind kind) {
    switch (kind) {
    case BlobKind::chunk:
        return "a chunk of clients";
    case BlobKind::about:
        return "the description of a snapshot";
    case BlobKind::original:
        return "a piece of an original file";
    case BlobKind::states:
        return "the states of a release";
    }
    return "a blob";
}

struct CompressorEnd {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// Compresses into room of its own, which is costly to make and cheap to use again.
class Compressor {
  public:
    /// The frame; valid until the next call.
    std::string_view compress(std::string_view payload) {
        if (!m_context) throw StoreError("there is not enough memory to compress");
        const std::size_t room = ZSTD_compressBound(payload.size());
        if (room > m_room) {
            m_frame = std::make_unique_for_overwrite<char[]>(room);
            m_room = room;
        }
        const std::size_t size =
            ZSTD_compressCCtx(m_context.get(), m_frame.get(), m_room, payload.data(), payload.size(), level);
        if (ZSTD_isError(size))
            throw StoreError(fmt::format("zstd cannot compress: {}", ZSTD_getErrorName(size)));
        return {m_frame.get(), size};
    }

  private:
    // Measured on chunks and CSV files: the negative levels are a tenth to a fifth faster and write up to
    // twice as much.
    static constexpr int level = 1;
    std::unique_ptr<ZSTD_CCtx, CompressorEnd> m_context{ZSTD_createCCtx()};
    std::unique_ptr<char[]> m_frame;
    std::size_t m_room = 0;
};

void append_number(std::string& to, std::unsigned_integral auto value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The head, when blob is whole, ours and readable.
Head check_head(BlobKind kind, std::string_view blob) {
    if (blob.size() < head_size + checksum_size || !blob.starts_with(magic))
        throw_damaged(fmt::format("{} is not one", name_of(kind)));
    const std::string_view checked = blob.substr(0, blob.size() - checksum_size);
    if (ByteReader(blob.substr(checked.size())).number<std::uint64_t>() != quick_hash(checked))
        throw_damaged(fmt::format("{} has not the checksum that it was written with", name_of(kind)));
    ByteReader reader(blob.substr(magic.size()));
    const auto found = BlobKind{reader.number<std::uint8_t>()};
    reader.number<std::uint8_t>();
    const auto version = reader.number<std::uint16_t>();
    if (found != kind)
        throw_damaged(fmt::format("{} was looked for where something else lies", name_of(kind)));
    if (version == 0 || version > snapshot_format_version)
        throw StoreError(
            fmt::format("{} is in format {} and this program reads up to {}; use a newer version of Optimat",
                        name_of(kind), version, snapshot_format_version));
    return {found, version, reader.number<std::uint32_t>()};
}

}  // namespace

void throw_damaged(std::string_view what) {
    throw StoreError(
        fmt::format("the stored snapshot is damaged: {}; restore the store from a backup, or erase the "
                    "snapshot and import its extract again",
                    what));
}

std::string seal(BlobKind kind, std::string_view payload) {
    if (payload.size() > largest_payload)
        throw StoreError(fmt::format("{} is larger than 1 GiB", name_of(kind)));
    thread_local Compressor compressor;
    const std::string_view frame = compressor.compress(payload);
    std::string blob;
    blob.reserve(head_size + frame.size() + checksum_size);
    blob.append(magic);
    append_number(blob, static_cast<std::uint8_t>(kind));
    append_number(blob, std::uint8_t{0});
    append_number(blob, snapshot_format_version);
    append_number(blob, static_cast<std::uint32_t>(payload.size()));
    blob.append(frame);
    append_number(blob, quick_hash(blob));
    return blob;
}

std::string unseal(BlobKind kind, std::string_view blob) {
    const Head head = check_head(kind, blob);
    const std::string_view frame = blob.substr(head_size, blob.size() - head_size - checksum_size);
    if (head.payload_size > largest_payload || head.payload_size > frame.size() * largest_ratio)
        throw_damaged(fmt::format("{} says an impossible size", name_of(kind)));
    std::string payload(head.payload_size, '\0');
    const std::size_t size = ZSTD_decompress(payload.data(), payload.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) || size != payload.size())
        throw_damaged(fmt::format("{} cannot be decompressed", name_of(kind)));
    return payload;
}

}  // namespace optimat
