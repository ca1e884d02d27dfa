#include "store/import.hpp"

#include "base/error.hpp"
#include "stage/classify.hpp"
#include "store/database.hpp"
#include "store/stores_for_tests.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <tuple>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Importing : public StoreTest {
  protected:
    ImportResult import_here(const TestExtract& extract) const {
        return import_into(m_place.location(), extract);
    }
    TemporaryFolder m_folder;
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Importing, every_store, kind_of_store);

/// All that is in the store: the bytes of the file, or the rows of every table.
std::string all_of(const StorePlace& place) {
    if (place.kind() == StoreKind::sqlite) return bytes_of(place.file());
    Database database(place.location());
    std::string all;
    Statement tables(database,
                     "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");
    for (tables.start(); tables.next();) {
        Statement rows(database, fmt::format("SELECT string_agg(r::text, '|' ORDER BY r::text) FROM \"{}\" r",
                                             tables.text(0)));
        rows.start();
        rows.next();
        all += fmt::format("{}: {}\n", tables.text(0), rows.text(0));
    }
    return all;
}

std::vector<Day> month_ends() {
    std::vector<Day> days;
    for (Day day{16000}; day < Day{18000}; day = day + 1)
        if (is_month_end(day)) days.push_back(day);
    return days;
}

bool same_state(const State& a, const State& b) {
    // By value: the flags are bits, to which no reference can be kept.
    const auto all = [](const State& s) {
        return std::make_tuple(s.dose, s.client, s.prescription, s.spell_day, s.date, s.service, s.stage,
                               s.cohort, s.medicine, s.band, s.regime, bool{s.dose_known},
                               bool{s.spell_censored}, bool{s.on_threshold}, bool{s.regime_conflict});
    };
    return all(a) == all(b);
}

bool same_states(const States& a, const States& b) {
    const auto same_chunk = [](const ChunkStates& left, const ChunkStates& right) {
        return std::ranges::equal(left, right, same_state);
    };
    return a.count() != 0 && std::ranges::equal(a.chunks, b.chunks, same_chunk);
}

TEST_P(Importing, WhatIsLoadedIsWhatWasRead) {
    for (const char* name : {"adversarial", "ctn0094"}) {
        const TestExtract given(test_data(name));
        Store store = open();
        const ImportResult result = import_snapshot(store, given.request());
        EXPECT_FALSE(result.already_there);
        EXPECT_EQ(result.chunks_new, 4u);
        const Extract loaded = load_snapshot(store, result.snapshot_id, ThreadCount{2});
        EXPECT_EQ(content_of(loaded), content_of(given.read.extract));
        const auto states = [&](const Extract& extract) {
            return classify(extract, given.policy, month_ends(), ThreadCount{1});
        };
        EXPECT_TRUE(same_states(states(loaded), states(given.read.extract)));
        const CheckReport report = load_report(store, result.snapshot_id);
        EXPECT_EQ(report.issues, given.read.report.issues);
        ASSERT_EQ(report.files.size(), given.read.report.files.size());
        for (std::size_t i = 0; i < report.files.size(); ++i) {
            const FileReport &a = report.files[i], &b = given.read.report.files[i];
            EXPECT_EQ(std::tie(a.file, a.table, a.bytes, a.rows, a.columns),
                      std::tie(b.file, b.table, b.bytes, b.rows, b.columns));
        }
    }
}

TEST_P(Importing, SaysWhatASnapshotIs) {
    const TestExtract given(test_data("adversarial"));
    Store store = open();
    const std::string id = import_snapshot(store, given.request()).snapshot_id;
    EXPECT_EQ(id.size(), 64u);
    const SnapshotInfo info = find_snapshot(store, "latest");
    EXPECT_EQ(info.id, id);
    EXPECT_EQ(info.organisation, given.read.extract.organisation);
    EXPECT_EQ(info.covers_from, to_text(given.read.extract.covers_from));
    EXPECT_EQ(info.covers_to, to_text(given.read.extract.covers_to));
    EXPECT_EQ(info.imported_at, "2018-11-05T09:30:00Z");
    EXPECT_EQ(info.policy, PolicyName::of(given.policy));
    EXPECT_EQ(info.program_version, "0.1.0");
    EXPECT_EQ(info.clients, given.read.extract.client_count());
    EXPECT_EQ(info.format_version, snapshot_format_version);
}

TEST_P(Importing, TheSameExtractTwiceChangesNotOneByte) {
    const TestExtract given(test_data("ctn0094"));
    const ImportResult first = import_here(given);
    const std::string before = all_of(m_place);
    Store store = open();
    ImportRequest later = given.request(1);
    later.imported_at = "2019-01-01T00:00:00Z";
    later.program_version = "9.9.9";
    const ImportResult second = import_snapshot(store, later);
    EXPECT_TRUE(second.already_there);
    EXPECT_EQ(second.snapshot_id, first.snapshot_id);
    EXPECT_EQ(second.bytes_written, 0u);
    EXPECT_EQ(all_of(m_place), before);
    EXPECT_FALSE(std::filesystem::exists(m_place.file().string() + "-journal"));
}

TEST_P(Importing, AnotherPolicyMakesAnotherSnapshotOfTheSameContent) {
    TestExtract given(test_data("adversarial"));
    const ImportResult first = import_here(given);
    given.policy.hash = "another";
    const ImportResult second = import_here(given);
    EXPECT_NE(second.snapshot_id, first.snapshot_id);
    EXPECT_EQ(second.bytes_written, 0u);
}

/// Copies an extract with the rows of its files the other way round.
void write_reversed(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::create_directories(to);
    std::filesystem::copy_file(from / "extract.toml", to / "extract.toml");
    for (const auto& entry : std::filesystem::directory_iterator(from)) {
        if (entry.path().extension() != ".csv" || entry.path().stem() == "expected_states") continue;
        std::ifstream in(entry.path());
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        std::reverse(lines.begin() + 1, lines.end());
        std::ofstream out(to / entry.path().filename());
        for (const std::string& line : lines)
            out << line << '\n';
    }
}

TEST_P(Importing, RowsInAnotherOrderAreTheSameChunks) {
    import_here(TestExtract(test_data("ctn0094")));
    write_reversed(test_data("ctn0094"), m_folder.path() / "reversed");
    const ImportResult reversed = import_here(TestExtract(m_folder.path() / "reversed"));
    EXPECT_FALSE(reversed.already_there);
    EXPECT_EQ(reversed.chunks_known, 4u);
    EXPECT_EQ(reversed.chunks_new, 0u);
    EXPECT_GT(reversed.pieces_new, 0u);
}

TEST_P(Importing, EveryTableAndNoClientsAtAll) {
    write_full_extract(m_folder.path() / "full");
    write_empty_extract(m_folder.path() / "empty");
    for (const char* name : {"full", "empty"}) {
        const TestExtract given(m_folder.path() / name, 1);
        Store store = open();
        const ImportResult result = import_snapshot(store, given.request());
        EXPECT_EQ(content_of(load_snapshot(store, result.snapshot_id, ThreadCount{2})),
                  content_of(given.read.extract));
        EXPECT_EQ(load_report(store, result.snapshot_id).issues, given.read.report.issues);
    }
}

TEST_P(Importing, ThousandsOfIssuesKeepTheirOrder) {
    TestExtract given(test_data("adversarial"));
    std::vector<Issue>& issues = given.read.report.issues;
    ASSERT_FALSE(issues.empty());
    // More than are stored at once, and then some.
    while (issues.size() < 2 * 4096 + 512 + 3) {
        Issue issue = issues[issues.size() % 3 == 0 ? 0 : issues.size() - 1];
        issue.line = issues.size() % 5 == 0 ? 0 : issues.size();
        issues.push_back(issue);
    }
    Store store = open();
    import_snapshot(store, given.request());
    EXPECT_EQ(load_report(store, "latest").issues, issues);
}

TEST_P(Importing, ProgressRisesToTheEnd) {
    const TestExtract given(test_data("ctn0094"));
    Store store = open();
    ImportRequest request = given.request();
    std::vector<std::uint64_t> seen;
    std::uint64_t end = 0;
    request.progress = [&](std::uint64_t done, std::uint64_t all) {
        seen.push_back(done);
        end = all;
    };
    import_snapshot(store, request);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back(), end);
}

TEST_P(Importing, AFileThatChangedSinceItWasReadIsRefused) {
    write_full_extract(m_folder.path() / "extract");
    const TestExtract given(m_folder.path() / "extract", 1);
    write_file(m_folder.path() / "extract/tops.csv", "top_id,client_id,date\n");
    Store store = open();
    EXPECT_THAT(message_of<InputError>([&] { import_snapshot(store, given.request()); }),
                HasSubstr("tops.csv: the file has changed"));
    std::filesystem::remove(m_folder.path() / "extract/tops.csv");
    EXPECT_THAT(message_of<InputError>([&] { import_snapshot(store, given.request()); }),
                HasSubstr("cannot be read"));
    EXPECT_TRUE(list_snapshots(store).empty());
}

class TwoSnapshots : public Importing {
  protected:
    static void set_bytes(Database& database, const std::string& update) {
        Statement(database, update).run(Bytes{std::string_view("nothing that was ever stored")});
    }
    TwoSnapshots() : adversarial(test_data("adversarial")), real(test_data("ctn0094")), store(open()) {
        first = import_snapshot(store, adversarial.request()).snapshot_id;
        second = import_snapshot(store, real.request()).snapshot_id;
    }
    /// The shortest beginning of an id that the other has not.
    static std::string short_name(const std::string& id, const std::string& other) {
        std::size_t size = 1;
        while (id.substr(0, size) == other.substr(0, size))
            ++size;
        return id.substr(0, size);
    }
    TestExtract adversarial, real;
    Store store;
    std::string first, second;
};

INSTANTIATE_TEST_SUITE_P(OnEveryStore, TwoSnapshots, every_store, kind_of_store);

TEST_P(TwoSnapshots, AreListedInOrderOfImportAndFoundByName) {
    const auto list = list_snapshots(store);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_THAT((std::vector{list[0].id, list[1].id}), ElementsAre(first, second));
    EXPECT_EQ(find_snapshot(store, "latest").id, second);
    EXPECT_EQ(find_snapshot(store, short_name(first, second)).id, first);
    EXPECT_EQ(find_snapshot(store, second).id, second);
    EXPECT_THAT(message_of<StoreError>([&] { find_snapshot(store, "xyz"); }), HasSubstr("no snapshot 'xyz'"));
    EXPECT_THAT(message_of<StoreError>([&] { find_snapshot(store, ""); }), HasSubstr("no snapshot"));
    EXPECT_THAT(message_of<StoreError>([&] { load_snapshot(store, first + "0", ThreadCount{1}); }),
                HasSubstr("no snapshot"));
}

TEST_P(TwoSnapshots, ANameThatSeveralBeginWithIsRefused) {
    store.database().run("UPDATE snapshot SET id = 'ab' || id");
    EXPECT_THAT(message_of<StoreError>([&] { find_snapshot(store, "ab"); }), HasSubstr("several snapshots"));
}

TEST_P(TwoSnapshots, GiveBackTheirFilesByteByByte) {
    const auto folder = m_folder.path() / "given-back";
    write_originals(store, first, folder);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        EXPECT_EQ(bytes_of(entry.path()), bytes_of(test_data("adversarial") / entry.path().filename()));
        ++files;
    }
    EXPECT_EQ(files, adversarial.read.files.size());
    EXPECT_EQ(content_of(TestExtract(folder).read.extract), content_of(adversarial.read.extract));
    EXPECT_THAT(message_of<OutputError>([&] { write_originals(store, first, folder); }), HasSubstr("exists"));
}

TEST_P(TwoSnapshots, FileNamesThatLeaveTheFolderAreRefused) {
    store.database().run("UPDATE snapshot_file SET file = '../escaped.csv' WHERE file = 'clients.csv'");
    const auto folder = m_folder.path() / "inner";
    EXPECT_THAT(message_of<StoreError>([&] { write_originals(store, first, folder); }),
                HasSubstr("leaves its folder"));
    EXPECT_FALSE(std::filesystem::exists(m_folder.path() / "escaped.csv"));
}

TEST_P(TwoSnapshots, ErasingOneLeavesTheOtherAndNoTraceInTheFile) {
    const std::string blob = encode_chunk(real.read.extract.chunks[0]);
    const std::string trace = blob.substr(blob.size() / 2, 64);
    const auto file_has_trace = [&] { return bytes_of(m_place.file()).find(trace) != std::string::npos; };
    ASSERT_EQ(file_has_trace(), on_sqlite());
    const Erased erased = erase_snapshot(store, second);
    EXPECT_EQ(erased.snapshot_id, second);
    EXPECT_EQ(erased.chunks, 4u);
    EXPECT_EQ(erased.pieces, real.read.files.size());
    EXPECT_FALSE(file_has_trace());
    EXPECT_EQ(find_snapshot(store, "latest").id, first);
    EXPECT_EQ(content_of(load_snapshot(store, first, ThreadCount{2})), content_of(adversarial.read.extract));
    EXPECT_THROW(load_snapshot(store, second, ThreadCount{1}), StoreError);
    EXPECT_EQ(store.database().number("SELECT count(*) FROM issue WHERE snapshot = 2"), 0);
    EXPECT_EQ(import_snapshot(store, real.request()).snapshot_id, second)
        << "the same content has the same id again";
}

TEST_P(TwoSnapshots, ErasingKeepsWhatAnotherSnapshotUses) {
    TestExtract same(test_data("ctn0094"));
    same.policy.hash = "another";
    const std::string third = import_snapshot(store, same.request()).snapshot_id;
    const Erased erased = erase_snapshot(store, second);
    EXPECT_EQ(erased.chunks, 0u);
    EXPECT_EQ(erased.pieces, 0u);
    EXPECT_EQ(content_of(load_snapshot(store, third, ThreadCount{2})), content_of(real.read.extract));
}

TEST_P(TwoSnapshots, DamageInTheStoreIsNoticed) {
    const auto load = [&] {
        return message_of<StoreError>([&] { load_snapshot(store, "latest", ThreadCount{2}); });
    };
    set_bytes(store.database(), "UPDATE chunk SET bytes = ? WHERE hash = (SELECT hash FROM snapshot_chunk "
                                "WHERE snapshot = 2 AND place = 1)");
    EXPECT_THAT(load(), HasSubstr("not what was stored"));
    set_bytes(store.database(), "UPDATE snapshot SET about = ? WHERE number = 2");
    EXPECT_THAT(load(), HasSubstr("damaged"));
    EXPECT_EQ(content_of(load_snapshot(store, first, ThreadCount{2})), content_of(adversarial.read.extract));
    store.database().run("UPDATE issue SET rule = 'no/such-rule'");
    EXPECT_THAT(message_of<StoreError>([&] { load_report(store, first); }), HasSubstr("damaged"));
}

}  // namespace
}  // namespace optimat
