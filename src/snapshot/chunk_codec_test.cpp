#include "snapshot/chunk_codec.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"
#include "snapshot/extracts_for_tests.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace optimat {
namespace {

void expect_equal(const Table& a, const Table& b, TableKind kind) {
    EXPECT_EQ(a.row_count, b.row_count) << table_name(kind);
    EXPECT_EQ(a.first_row, b.first_row) << table_name(kind);
    EXPECT_EQ(a.record_ids, b.record_ids) << table_name(kind);
    ASSERT_EQ(a.columns.size(), b.columns.size()) << table_name(kind);
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        EXPECT_EQ(a.columns[i].kind(), b.columns[i].kind()) << table_name(kind) << " column " << i;
        EXPECT_TRUE(std::ranges::equal(a.columns[i].raw(), b.columns[i].raw()))
            << table_name(kind) << " column " << i;
    }
}

void expect_equal(const Chunk& a, const Chunk& b) {
    EXPECT_EQ(a.client_ids, b.client_ids);
    EXPECT_EQ(a.listed, b.listed);
    EXPECT_EQ(a.refused_records, b.refused_records);
    EXPECT_EQ(a.texts, b.texts);
    for (std::size_t i = 0; i < table_count; ++i)
        expect_equal(a.tables[i], b.tables[i], static_cast<TableKind>(i));
}

std::size_t rows_of(const Extract& extract, TableKind kind) {
    std::size_t rows = 0;
    for (const Chunk& chunk : extract.chunks)
        rows += chunk.table(kind).row_count;
    return rows;
}

void expect_round_trip(const Extract& extract) {
    for (const Chunk& chunk : extract.chunks) {
        const std::string blob = encode_chunk(chunk);
        const Chunk decoded = decode_chunk(blob, extract.inventory_items.size(), extract.services.size());
        expect_equal(chunk, decoded);
        EXPECT_EQ(encode_chunk(decoded), blob) << "equal chunks give equal bytes";
    }
}

TEST(ChunkCodec, GivesBackTheAdversarialExtract) {
    const Extract extract = read_for_test(test_data("adversarial")).extract;
    EXPECT_GT(rows_of(extract, TableKind::prescriptions), 100u);
    expect_round_trip(extract);
}

TEST(ChunkCodec, GivesBackTheRealExtract) {
    const Extract extract = read_for_test(test_data("ctn0094")).extract;
    EXPECT_GT(rows_of(extract, TableKind::drug_screens), 1000u);
    expect_round_trip(extract);
}

TEST(ChunkCodec, GivesBackAnExtractWithEveryTable) {
    const TemporaryFolder folder;
    write_full_extract(folder.path());
    const Extract extract = read_for_test(folder.path(), 1).extract;
    for (std::size_t i = 0; i < table_count; ++i)
        EXPECT_GT(rows_of(extract, static_cast<TableKind>(i)), 0u) << table_name(static_cast<TableKind>(i));
    EXPECT_FALSE(extract.inventory_items.empty());
    EXPECT_GT(extract.chunks[0].texts.size(), 1u);
    EXPECT_THAT(extract.chunks[0].refused_records, testing::Contains(1));
    EXPECT_THAT(extract.chunks[0].listed, testing::Contains(Flag::no));
    expect_round_trip(extract);
}

TEST(ChunkCodec, GivesBackChunksWithoutClientsAndTablesWithoutRows) {
    const TemporaryFolder folder;
    write_empty_extract(folder.path());
    const Extract extract = read_for_test(folder.path(), 2).extract;
    ASSERT_EQ(extract.chunks.size(), 2u);
    EXPECT_EQ(extract.client_count(), 0u);
    expect_round_trip(extract);
}

/// The refusal of decode_chunk, or `accepted`.
std::string refusal_of(const std::string& blob, std::size_t items, std::size_t services) {
    try {
        decode_chunk(blob, items, services);
    } catch (const StoreError& error) {
        return error.what();
    }
    return "accepted";
}

class SmallBlob : public testing::Test {
  protected:
    SmallBlob() {
        write_full_extract(m_folder.path());
        extract = read_for_test(m_folder.path(), 1).extract;
        blob = encode_chunk(extract.chunks[0]);
    }
    Chunk& chunk() { return extract.chunks[0]; }
    std::size_t items() const { return extract.inventory_items.size(); }
    std::size_t services() const { return extract.services.size(); }
    template <class Cell, class FieldEnum> std::span<Cell> cells(TableKind kind, FieldEnum field) {
        return chunk().table(kind).columns[index_of(field)].template cells<Cell>();
    }
    std::string refusal_of_chunk() { return refusal_of(encode_chunk(chunk()), items(), services()); }

    TemporaryFolder m_folder;
    Extract extract;
    std::string blob;
};

TEST_F(SmallBlob, EveryDamagedByteIsNoticed) {
    ASSERT_EQ(refusal_of(blob, items(), services()), "accepted");
    for (std::size_t at = 0; at < blob.size(); ++at) {
        for (const int flip : {0x01, 0x80, 0xff}) {
            std::string damaged = blob;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            EXPECT_NE(refusal_of(damaged, items(), services()), "accepted") << "byte " << at;
        }
    }
}

TEST_F(SmallBlob, EveryShorterOrLongerBlobIsNoticed) {
    for (std::size_t size = 0; size < blob.size(); ++size)
        EXPECT_NE(refusal_of(blob.substr(0, size), items(), services()), "accepted") << size;
    EXPECT_NE(refusal_of(blob + '\0', items(), services()), "accepted");
}

TEST_F(SmallBlob, DamagedPayloadsBehindARightChecksumNeverCrash) {
    const std::string payload = chunk_payload(chunk());
    std::size_t refused = 0, accepted = 0;
    for (std::size_t at = 0; at < payload.size(); ++at) {
        for (const int flip : {0x01, 0x02, 0x40, 0x80, 0xff}) {
            std::string damaged = payload;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            try {
                read_chunk_payload(damaged, items(), services(), 1 << 24);
                ++accepted;
            } catch (const StoreError&) {
                ++refused;
            }
        }
        EXPECT_THROW(read_chunk_payload(std::string_view(payload).substr(0, at), items(), services()),
                     StoreError);
    }
    EXPECT_GT(refused, 0u);
    EXPECT_GT(accepted, 0u) << "another dose is still a dose";
}

TEST_F(SmallBlob, SaysWhatItIsNot) {
    EXPECT_THAT(refusal_of(seal(BlobKind::about, "x"), 1, 1), testing::HasSubstr("something else"));
    EXPECT_THAT(refusal_of("no blob at all, though long enough to be one", 1, 1),
                testing::HasSubstr("is not one"));
    EXPECT_THAT(refusal_of(blob, items() + 1, services()), testing::HasSubstr("inventories"));
    EXPECT_THAT(refusal_of(blob, items(), 1), testing::HasSubstr("service_id"));
    std::string later = blob.substr(0, blob.size() - 8);
    later[10] = static_cast<char>(snapshot_format_version + 1);
    const std::uint64_t checksum = quick_hash(later);
    later.append(reinterpret_cast<const char*>(&checksum), 8);
    EXPECT_THAT(refusal_of(later, items(), services()), testing::HasSubstr("newer version"));
}

TEST_F(SmallBlob, RefusesSizesThatNoPayloadCanHave) {
    std::string claim = blob.substr(0, 16);
    claim.replace(12, 4, std::string_view("\xff\xff\xff\x3f", 4));
    claim += blob.substr(16, blob.size() - 24);
    const std::uint64_t checksum = quick_hash(claim);
    claim.append(reinterpret_cast<const char*>(&checksum), 8);
    EXPECT_THAT(refusal_of(claim, items(), services()), testing::HasSubstr("impossible size"));
    const std::string clients("\xff\xff\xff\xff\0\0\0\0", 8);
    EXPECT_THROW(read_chunk_payload(clients, 0, 1), StoreError);
}

TEST_F(SmallBlob, RefusesRowsOutOfOrder) {
    std::swap(cells<Day>(TableKind::tops, TopField::date)[0], cells<Day>(TableKind::tops, TopField::date)[1]);
    EXPECT_THAT(refusal_of_chunk(), testing::HasSubstr("tops are not in order"));
}

TEST_F(SmallBlob, RefusesRecordsOfADayOutOfOrder) {
    TextColumn ids;
    for (const char* id : {"u2", "u1"})
        ids.push_back(id);
    chunk().table(TableKind::drug_screens).record_ids = ids;
    EXPECT_THAT(refusal_of_chunk(), testing::HasSubstr("drug_screens are not in order"));
}

TEST_F(SmallBlob, RefusesClientsOutOfOrder) {
    TextColumn ids;
    for (const char* id : {"c1", "c3", "c2", "c9"})
        ids.push_back(id);
    ASSERT_EQ(chunk().client_count(), ids.size());
    chunk().client_ids = ids;
    EXPECT_THAT(refusal_of_chunk(), testing::HasSubstr("clients are not in order"));
}

TEST_F(SmallBlob, RefusesCellsOutsideTheirField) {
    const auto expect_refused = [&](auto cells, auto wrong, const char* name) {
        const auto right = cells[0];
        cells[0] = wrong;
        EXPECT_THAT(refusal_of_chunk(), testing::HasSubstr(name));
        cells[0] = right;
        EXPECT_EQ(refusal_of_chunk(), "accepted");
    };
    using enum TableKind;
    expect_refused(cells<TextRef>(prescriptions, PrescriptionField::prescriber_id),
                   TextRef{chunk().texts.size()}, "prescriptions.prescriber_id");
    expect_refused(cells<ServiceIndex>(prescriptions, PrescriptionField::service_id),
                   ServiceIndex{services()}, "prescriptions.service_id");
    expect_refused(cells<ServiceIndex>(prescriptions, PrescriptionField::service_id), ServiceIndex{},
                   "prescriptions.service_id");
    expect_refused(cells<ServiceIndex>(events, EventField::service_id), ServiceIndex{services()},
                   "events.service_id");
    expect_refused(cells<Medicine>(prescriptions, PrescriptionField::medicine), Medicine{15},
                   "prescriptions.medicine");
    expect_refused(cells<Medicine>(prescriptions, PrescriptionField::medicine), Medicine::not_recorded,
                   "prescriptions.medicine");
    expect_refused(cells<Flag>(risk_profiles, RiskProfileField::injecting), Flag{3},
                   "risk_profiles.injecting");
    expect_refused(chunk().table(ascis).columns.back().cells<Flag>(), Flag{3}, "ascis.an item");
    expect_refused(cells<OptionalCount>(tops, TopField::opiate_days), OptionalCount{29}, "tops.opiate_days");
    expect_refused(cells<OptionalCount>(tops, TopField::opiate_days), OptionalCount{-1}, "tops.opiate_days");
    expect_refused(cells<OptionalDose>(prescriptions, PrescriptionField::daily_dose_mg),
                   OptionalDose{Micrograms{-1}}, "prescriptions.daily_dose_mg");
    expect_refused(cells<OptionalDay>(prescriptions, PrescriptionField::end_date),
                   OptionalDay{last_readable_day + 1}, "prescriptions.end_date");
    expect_refused(cells<OptionalDay>(prescriptions, PrescriptionField::start_date), OptionalDay{},
                   "prescriptions.start_date");
    expect_refused(std::span(chunk().listed), Flag::not_recorded, "listed");
}

}  // namespace
}  // namespace optimat
