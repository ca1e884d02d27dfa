// Imports that are killed, and imports at the same time: the store holds the old state or the new one, whole.

#include "store/database.hpp"
#include "store/stores_for_tests.hpp"

#include <chrono>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace optimat {
namespace {

/// Content that does not compress: more than SQLite keeps in memory, so that the file is written before the
/// commit.
void write_noise(const std::filesystem::path& file, std::size_t size) {
    std::mt19937_64 random(1);
    std::string bytes;
    while (bytes.size() < size) {
        const std::uint64_t word = random();
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    write_file(file, bytes);
}

class InterruptedImport : public StoreTest {
  protected:
    InterruptedImport() : old_extract(test_data("adversarial")), new_extract(test_data("ctn0094")) {
        write_noise(m_folder.path() / "noise", std::size_t{20} << 20);
        new_extract.read.files.push_back(m_folder.path() / "noise");
    }

    pid_t import_in_child(const TestExtract& extract) const {
        const pid_t child = ::fork();
        if (child != 0) return child;
        try {
            import_into(m_place.location(), extract);
        } catch (const std::exception& error) {
            std::fputs(error.what(), stderr);
            ::_exit(1);
        }
        ::_exit(0);
    }
    static int wait_for(pid_t child) {
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    TemporaryFolder m_folder;
    TestExtract old_extract, new_extract;
};

INSTANTIATE_TEST_SUITE_P(OnEveryStore, InterruptedImport, every_store, kind_of_store);

void expect_whole(Store& store) {
    Database& database = store.database();
    if (database.kind() == StoreKind::sqlite) {
        Statement check(database, "PRAGMA integrity_check");
        check.start();
        ASSERT_TRUE(check.next());
        EXPECT_EQ(check.text(0), "ok");
        EXPECT_EQ(database.number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    }
    EXPECT_EQ(
        database.number("SELECT count(*) FROM chunk WHERE hash NOT IN (SELECT hash FROM snapshot_chunk)"), 0);
    EXPECT_EQ(
        database.number("SELECT count(*) FROM original WHERE hash NOT IN (SELECT hash FROM snapshot_file)"),
        0);
}

TEST_P(InterruptedImport, LeavesTheOldStateOrTheNewOneWhole) {
    const std::string old_content = content_of(old_extract.read.extract),
                      new_content = content_of(new_extract.read.extract);
    import_into(m_place.location(), old_extract);
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(wait_for(import_in_child(new_extract)), 0);
    const auto whole =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    std::mt19937_64 random(2);
    int undone = 0, in_the_middle = 0;
    for (int run = 0; run < 25; ++run) {
        {
            Store store(m_place.location(), StoreAccess::existing);
            if (list_snapshots(store).size() == 2) erase_snapshot(store, "latest");
        }
        const pid_t child = import_in_child(new_extract);
        std::this_thread::sleep_for(whole * static_cast<int>(random() % 1000) / 800);
        ::kill(child, SIGKILL);
        wait_for(child);
        in_the_middle += std::filesystem::exists(m_place.file().string() + "-journal");
        Store store(m_place.location(), StoreAccess::existing);
        expect_whole(store);
        const auto list = list_snapshots(store);
        ASSERT_TRUE(list.size() == 1 || list.size() == 2);
        EXPECT_EQ(content_of(load_snapshot(store, list[0].id, ThreadCount{1})), old_content);
        if (list.size() == 2) {
            EXPECT_EQ(content_of(load_snapshot(store, "latest", ThreadCount{1})), new_content);
        }
        undone += list.size() == 1;
    }
    EXPECT_GT(undone, 0) << "no import was cut short";
    if (on_sqlite()) {
        EXPECT_GT(in_the_middle, 0) << "no import was cut short while it wrote";
    }
}

TEST_P(InterruptedImport, TheMakingOfAStoreCanBeCutShortToo) {
    std::mt19937_64 random(3);
    for (int run = 0; run < 10; ++run) {
        m_place.clear();
        const pid_t child = import_in_child(old_extract);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
        ::kill(child, SIGKILL);
        wait_for(child);
        Store store(m_place.location(), StoreAccess::create);
        expect_whole(store);
        EXPECT_LE(list_snapshots(store).size(), 1u);
    }
}

TEST_P(InterruptedImport, TwoAtOnceBothSucceed) {
    for (int run = 0; run < 3; ++run) {
        m_place.clear();
        const pid_t one = import_in_child(old_extract), two = import_in_child(new_extract),
                    three = import_in_child(old_extract);
        EXPECT_EQ(wait_for(one), 0);
        EXPECT_EQ(wait_for(two), 0);
        EXPECT_EQ(wait_for(three), 0);
        Store store(m_place.location(), StoreAccess::existing);
        expect_whole(store);
        EXPECT_EQ(list_snapshots(store).size(), 2u) << "the same extract twice is one snapshot";
        EXPECT_EQ(content_of(load_snapshot(store, import_snapshot(store, old_extract.request()).snapshot_id,
                                           ThreadCount{1})),
                  content_of(old_extract.read.extract));
    }
}

TEST_P(InterruptedImport, WhoReadsMeanwhileSeesAWholeState) {
    import_into(m_place.location(), old_extract);
    const pid_t child = import_in_child(new_extract);
    Store store(m_place.location(), StoreAccess::existing);
    bool done = false;
    while (!done) {
        done = ::waitpid(child, nullptr, WNOHANG) != 0;
        const std::size_t count = list_snapshots(store).size();
        EXPECT_TRUE(count == 1 || count == 2);
        const Extract latest = load_snapshot(store, "latest", ThreadCount{1});
        EXPECT_TRUE(latest.client_count() == old_extract.read.extract.client_count() ||
                    latest.client_count() == new_extract.read.extract.client_count());
    }
    EXPECT_EQ(list_snapshots(store).size(), 2u);
}

}  // namespace
}  // namespace optimat
