#pragma once
// Where one thread puts the rows it reads, sorted into the fixed partitions of clients (model/extract.hpp) as
// they come, so that later each partition can be put in order by itself. Nothing here is shared between
// threads.

#include "base/hash.hpp"
#include "base/slab.hpp"
#include "intake/plan.hpp"
#include "model/extract.hpp"
#include "model/issue.hpp"

#include <array>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Texts → small numbers, in order of first appearance. A text equal to the last one is found at once.
class Dictionary {
  public:
    Dictionary();
    std::uint32_t number_of(std::string_view text) { return look_up(text, quick_hash(text)); }
    /// The same, with the hash already at hand.
    std::uint32_t look_up(std::string_view text, std::uint64_t hash) {
        if (text.size() > PackedText::longest) return look_up_long(text, hash);
        const PackedText packed = PackedText::of(text);
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = hash & mask;
        for (; m_slots[at].number_plus_one != 0; at = (at + 1) & mask)
            if (m_slots[at].key == packed) return m_slots[at].number_plus_one - 1;
        return add(at, text, packed);
    }
    std::size_t size() const { return m_texts.size(); }
    std::string_view operator[](std::size_t number) const { return m_texts[number]; }

  private:
    /// The key is the packed text, or, of a long text, its hash behind a size that no packed text has.
    struct Slot {
        PackedText key;
        std::uint32_t number_plus_one = 0;
    };
    std::uint32_t look_up_long(std::string_view text, std::uint64_t hash);
    std::uint32_t add(std::size_t slot, std::string_view text, PackedText key);
    void grow();

    std::vector<Slot> m_slots;
    std::vector<std::string_view> m_texts;
    std::deque<std::string> m_storage;
    std::string* m_page = nullptr;
};

/// Rows of one size in pages of a slab: grows without copying.
class RowPages {
  public:
    static constexpr std::size_t page_bytes = 32 << 10;

    /// Room for one row; it counts once commit() is called, else the next call gives the same room.
    std::byte* room(std::size_t row_size, Slab& slab) {
        if (m_left < row_size) add_page(row_size, slab);
        return m_at;
    }
    void commit(std::size_t row_size) {
        m_at += row_size;
        m_left -= row_size;
        ++m_count;
    }
    std::size_t count() const { return m_count; }
    template <class Visit> void for_each(std::size_t row_size, Visit visit) const {
        std::size_t left = m_count;
        for (const Page& page : m_pages) {
            const std::size_t rows = std::min(left, page.bytes / row_size);
            for (std::size_t i = 0; i < rows; ++i)
                visit(page.data + i * row_size);
            left -= rows;
        }
    }

  private:
    struct Page {
        std::byte* data;
        std::size_t bytes;
    };
    void add_page(std::size_t row_size, Slab& slab) {
        // The first page of a partition is small: an extract of a few people does not need 32 KiB for each.
        const std::size_t bytes = std::max(row_size, m_pages.empty() ? std::size_t{1024} : page_bytes);
        m_pages.push_back({slab.take(bytes), bytes});
        m_at = m_pages.back().data;
        m_left = bytes;
    }
    std::vector<Page> m_pages;
    std::byte* m_at = nullptr;
    std::size_t m_left = 0;
    std::size_t m_count = 0;
};

/// One table's rows of one partition.
struct PartitionRows {
    RowPages rows;
    std::string ids;  ///< bytes of record ids, one after the other
};

/// Where a row of services.csv stands, and its cells.
struct ServiceRow {
    Service service;
    std::uint8_t report;
    std::uint32_t line;
};

/// Whether record ids rose from row to row within a segment, and its first and last: ids that rise all
/// through a file are all different, and need no look-up.
struct SegmentIds {
    std::uint8_t report = 0;
    std::uint32_t segment = 0;
    bool any = false, rising = true;
    PackedText first, last;  ///< an id too long to be packed makes the segment count as not rising

    void note(std::string_view id) {
        const PackedText packed = id.size() > PackedText::longest ? PackedText{} : PackedText::of(id);
        if (!any) first = packed;
        rising &= id.size() <= PackedText::longest && (!any || last < packed);
        last = packed;
        any = true;
    }
};

/// All that one thread has read.
struct ThreadRows {
    std::uint16_t thread = 0;
    Slab slab;  ///< holds the rows
    Dictionary clients, services, texts;
    std::vector<std::uint16_t> partition_of_client;                      ///< by client number
    std::vector<std::uint32_t> refused_of_client;                        ///< by client number: rows refused
    std::vector<std::array<std::uint32_t, table_count>> rows_of_client;  ///< by client number and table
    std::array<std::vector<std::uint32_t>, partition_count> clients_of_partition;
    std::array<std::array<PartitionRows, table_count>, partition_count> partitions;
    std::vector<ServiceRow> service_rows;
    std::vector<Issue> issues;
    std::vector<RowCounts> counts;  ///< by report
    std::vector<SegmentIds> segment_ids;

    /// The client's number; a new client gets its partition. Rows of one client mostly follow each other.
    std::uint32_t client_number(std::string_view id) {
        if (m_any_client && same_bytes(clients[m_last_client], id)) return m_last_client;
        return find_client(id);
    }

  private:
    std::uint32_t find_client(std::string_view id);
    bool m_any_client = false;
    std::uint32_t m_last_client = 0;
};

}  // namespace optimat
