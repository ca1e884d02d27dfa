#include "store/releases.hpp"

#include "store/stores_for_tests.hpp"

#include <chrono>
#include <csignal>
#include <gmock/gmock.h>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TestExtract& extract() {
    static const TestExtract read(test_data("ctn0094"));
    return read;
}

NewRelease new_release(const std::string& snapshot, const std::string& request, std::size_t cells = 3) {
    NewRelease made;
    made.release.as_at = "2018-10-31";
    made.release.snapshot = snapshot;
    made.release.organisation = "it's \"?\" é";
    made.release.covers_from = "2016-01-01";
    made.release.covers_to = "2018-10-31";
    made.release.imported_at = "2018-11-02T10:00:00Z";
    made.release.policy = {"toolkit", "1", "abc"};
    made.release.policy_values = "a 1\nb 2\n";
    made.release.measures_version = "1";
    made.release.measures_hash = "def";
    made.release.program_version = "0.1.0";
    made.release.people_in_mat = 7;
    made.release.made = {"2018-11-05T09:30:00Z", "ann", "data_manager"};
    made.release.reason = "for the board";
    made.release.request = request;
    made.figures.services = {{"S2", "Two", "", "", ""}, {"S1", "One", "North", "A", "p"}};
    made.figures.measures = {
        {"red_share", "Red", "Standing", "w", "of …", "tracker", "share", "none", {"red"}, {"red", "green"}},
        {"empty", "", "", "", "", "f", "mean", "days", {}, {}}};
    for (std::size_t i = cells; i-- > 0;)
        made.figures.cells.push_back({"tracker", fmt::format("part{}", i % 7), fmt::format("S{}", i / 7),
                                      "2018-10", static_cast<std::int64_t>(i) + 1, -5});
    made.figures.published = {{"service", "S1", "measure", "red_share", "numerator", 7},
                              {"organisation", "", "measure", "red_share", "denominator", std::nullopt}};
    made.states = "p1,S1,MAT2\n";
    return made;
}

ReleaseWithdrawal withdrawal(const std::string& reason) {
    return {{"2018-11-06T09:30:00Z", "bea", "administrator"}, reason};
}

class Releases : public StoreTest {
  protected:
    std::string import() { return import_snapshot(store, extract().request()).snapshot_id; }
    Release add(const NewRelease& made) { return add_release(database, made); }

    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Releases, every_store, kind_of_store);

/// What SQLite alone has: a file that others may write, and INSERT OR REPLACE.
class ReleasesInAFile : public Releases {};
INSTANTIATE_TEST_SUITE_P(OnSqlite, ReleasesInAFile, testing::Values(StoreKind::sqlite), kind_of_store);

TEST_P(Releases, KeepEveryField) {
    const std::string snapshot = import();
    NewRelease given = new_release(snapshot, "r1", 200);
    const Release stored = add(given);
    EXPECT_GT(stored.number, 0);
    given.release.number = stored.number;
    given.release.snapshot_kept = true;
    EXPECT_EQ(stored, given.release);
    EXPECT_EQ(find_release(second, stored.number), given.release);
    EXPECT_THAT(list_releases(second), ElementsAre(given.release));
    EXPECT_EQ(find_release(second, 99), std::nullopt);
    const ReleaseFigures figures = load_release_figures(second, stored.number);
    EXPECT_EQ(figures.measures, given.figures.measures);
    EXPECT_EQ(figures.services.front().service_id, "S1");
    EXPECT_EQ(figures.services.front().region, "North");
    ASSERT_EQ(figures.cells.size(), 200u);
    for (const ReleaseCell& cell : given.figures.cells)
        EXPECT_NE(std::ranges::find(figures.cells, cell), figures.cells.end());
    ASSERT_EQ(figures.published.size(), 2u);
    EXPECT_EQ(figures.published.front(), given.figures.published.back()) << "in byte order of the place";
    EXPECT_EQ(figures.published.back(), given.figures.published.front());
    EXPECT_EQ(load_release_states(second, stored.number), given.states);
    EXPECT_THROW(load_release_figures(second, 99), UsageError);
}

TEST_P(Releases, OfTheSameMonthAreNewNumbersAndTheEarlierStands) {
    const std::string snapshot = import();
    const Release first = add(new_release(snapshot, "r1"));
    const ReleaseFigures figures = load_release_figures(database, first.number);
    const Release other = add(new_release(snapshot, "r2", 5));
    EXPECT_GT(other.number, first.number);
    EXPECT_THAT(list_releases(database), ElementsAre(first, other));
    EXPECT_EQ(load_release_figures(database, first.number), figures);
    EXPECT_EQ(add_release(second, new_release(snapshot, "r1", 9)), first) << "the same form sent twice";
    EXPECT_THROW(add(new_release(snapshot, "")), UsageError);
}

TEST_P(Releases, AreWithdrawnOnceAndStayReadable) {
    const Release release = add(new_release(import(), "r1"));
    EXPECT_THROW(withdraw_release(database, release.number, withdrawal("")), UsageError);
    EXPECT_THROW(withdraw_release(database, 99, withdrawal("wrong")), UsageError);
    const Release withdrawn = withdraw_release(database, release.number, withdrawal("wrong extract"));
    EXPECT_EQ(withdrawn.withdrawn, withdrawal("wrong extract"));
    EXPECT_THROW(withdraw_release(second, release.number, withdrawal("again")), UsageError);
    EXPECT_EQ(find_release(second, release.number), withdrawn);
    EXPECT_EQ(load_release_figures(second, release.number).cells.size(), 3u);
}

TEST_P(Releases, OfASnapshotThatHasGoneAreAConflict) {
    EXPECT_THAT(message_of<ConflictError>([&] { add(new_release("gone", "r1")); }), HasSubstr("erased"));
    EXPECT_THAT(list_releases(database), IsEmpty());
}

TEST_P(Releases, LoseTheStatesOfPersonsWithTheirSnapshotAndKeepTheirFigures) {
    const std::string snapshot = import();
    const Release release = add(new_release(snapshot, "r1"));
    const ReleaseFigures figures = load_release_figures(database, release.number);
    erase_snapshot(second_store, snapshot);
    EXPECT_EQ(load_release_states(database, release.number), std::nullopt);
    EXPECT_EQ(load_release_figures(database, release.number), figures);
    EXPECT_FALSE(find_release(database, release.number)->snapshot_kept);
    import();
    EXPECT_TRUE(find_release(database, release.number)->snapshot_kept);
    EXPECT_EQ(load_release_states(database, release.number), std::nullopt);
}

TEST_P(Releases, CannotBeChangedByAnyStatement) {
    const Release release = add(new_release(import(), "r1"));
    withdraw_release(database, release.number, withdrawal("wrong"));
    for (const char* const table : {"release", "release_withdrawal", "release_service", "release_measure",
                                    "release_cell", "release_state", "release_published"}) {
        const std::string column = table == std::string("release") ? "number" : "release";
        for (const std::string& sql :
             {fmt::format("UPDATE {} SET {} = 7", table, column), fmt::format("DELETE FROM {}", table)})
            EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
        if (!on_sqlite()) {
            EXPECT_THAT(
                message_of<StoreError>([&] { database.run(fmt::format("TRUNCATE {} CASCADE", table)); }),
                HasSubstr("append only"));
        }
    }
    EXPECT_EQ(load_release_figures(database, release.number).cells.size(), 3u);
    database.run(fmt::format("INSERT INTO release_cell (release, function, month, service_id, part, count, "
                             "sum) VALUES ({}, 'tracker', '2018-10', 'S9', 'red', 1, 0)",
                             release.number));
    EXPECT_THAT(message_of<StoreError>([&] { load_release_figures(database, release.number); }),
                HasSubstr("not what was stored"))
        << "what is slipped in is noticed";
}

// Without their triggers: what would be seen of somebody who has the file.
TEST_P(ReleasesInAFile, NoticeWhateverIsChangedBehindTheProgram) {
    const Release release = add(new_release(import(), "r1"));
    withdraw_release(database, release.number, withdrawal("wrong"));
    for (const char* const trigger :
         {"release_is_not_changed", "release_withdrawal_is_not_changed", "release_published_is_not_changed",
          "release_published_is_not_removed", "release_state_is_not_changed"})
        database.run(fmt::format("DROP TRIGGER {}", trigger));
    const auto noticed = [&](const std::string& sql) {
        Transaction transaction(database, Transaction::Kind::write);
        database.run(sql);
        EXPECT_THAT(message_of<StoreError>([&] {
                        load_release_figures(database, release.number);
                        load_release_states(database, release.number);
                    }),
                    HasSubstr("damaged"))
            << sql;
    };
    for (const char* const column :
         {"organisation", "covers_from", "imported_at", "policy_name", "policy_version", "measures_version",
          "made_by", "made_by_role", "reason"})
        noticed(fmt::format("UPDATE release SET {} = 'other'", column));
    noticed("UPDATE release SET people_in_mat = 8");
    noticed("UPDATE release_withdrawal SET reason = 'other'");
    noticed("UPDATE release_withdrawal SET author = 'other'");
    noticed("UPDATE release_published SET number = 8 WHERE number = 7");
    noticed("UPDATE release_published SET number = 3 WHERE number IS NULL");
    noticed("DELETE FROM release_published WHERE number IS NULL");
    EXPECT_NO_THROW(load_release_figures(database, release.number));
}

// INSERT OR REPLACE asks no trigger against removal.
TEST_P(ReleasesInAFile, CannotBeReplaced) {
    const Release release = add(new_release(import(), "r1"));
    withdraw_release(database, release.number, withdrawal("wrong"));
    for (const char* const table : {"release", "release_withdrawal", "release_service", "release_measure",
                                    "release_cell", "release_state", "release_published"}) {
        const std::string sql =
            fmt::format("INSERT OR REPLACE INTO {} SELECT * FROM {} LIMIT 1", table, table);
        EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
    }
    const std::string by_row = "INSERT OR REPLACE INTO release_cell (rowid, release, function, month, "
                               "service_id, part, count, sum) SELECT rowid, release, function, month, "
                               "service_id, part || 'x', count, sum FROM release_cell LIMIT 1";
    EXPECT_THAT(message_of<StoreError>([&] { database.run(by_row); }), HasSubstr("append only"));
    EXPECT_EQ(database.number("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE "
                              "'%_is_not_replaced'"),
              database.number("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE "
                              "'%_is_not_changed'"))
        << "whatever is append only, also the audit log, reviews, inventories and marks";
    EXPECT_NO_THROW(load_release_figures(database, release.number));
}

// Killed at any moment, a release is whole or not there.
TEST_P(Releases, CutShortAreWholeOrNotThere) {
    const std::string snapshot = import();
    const NewRelease made = new_release(snapshot, "r", 40'000);
    const auto make_in_child = [&](const std::string& request) {
        const pid_t child = ::fork();
        if (child != 0) return child;
        NewRelease own = made;
        own.release.request = request;
        const Store of_child(m_place.location(), StoreAccess::existing);
        add_release(of_child.database(), own);
        ::_exit(0);
    };
    const auto begin = std::chrono::steady_clock::now();
    int status = 0;
    ::waitpid(make_in_child("whole"), &status, 0);
    ASSERT_EQ(status, 0);
    const auto whole =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    std::mt19937_64 random(2);
    int undone = 0;
    for (int run = 0; run < 15; ++run) {
        const std::string request = fmt::format("r{}", run);
        const pid_t child = make_in_child(request);
        std::this_thread::sleep_for(whole * static_cast<int>(random() % 1000) / 900);
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
        const Store after(m_place.location(), StoreAccess::existing);
        const auto list = list_releases(after.database());
        const bool there = list.back().request == request;
        undone += !there;
        if (!there) continue;
        EXPECT_EQ(load_release_figures(after.database(), list.back().number).cells.size(),
                  made.figures.cells.size());
        EXPECT_EQ(load_release_states(after.database(), list.back().number), made.states);
    }
    EXPECT_GT(undone, 0) << "no release was cut short";
    EXPECT_EQ(database.number("SELECT count(*) FROM release_cell WHERE release NOT IN (SELECT release FROM "
                              "release_state)"),
              0);
    EXPECT_EQ(database.number("SELECT count(*) FROM release_cell"),
              40'000 * database.number("SELECT count(*) FROM release"));
}

TEST_P(Releases, ManyAtOnceAreAllWholeAndTheSameFormIsOneRelease) {
    const std::string snapshot = import();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            const Store own = open();
            add_release(own.database(), new_release(snapshot, fmt::format("r{}", i / 2), 500));
        });
    threads.clear();
    const auto list = list_releases(database);
    ASSERT_EQ(list.size(), 3u);
    for (const Release& release : list)
        EXPECT_EQ(load_release_figures(database, release.number).cells.size(), 500u);
}

}  // namespace
}  // namespace optimat
