#include "store/store.hpp"

#include "base/error.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"
#include "store/stores_for_tests.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace optimat {
namespace {

using testing::HasSubstr;

class StoreFile : public testing::Test {
  protected:
    std::filesystem::path file() const { return m_folder.path() / "store.db"; }
    std::string open_message(StoreAccess access) const {
        return message_of<StoreError>([&] { Store(file().string(), access); });
    }
    TemporaryFolder m_folder;
};

/// Runs in a process of its own; its exit code is the result.
template <class Action> int in_child(Action action) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(action());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + status;
}

TEST_F(StoreFile, IsMadeForItsOwnerOnlyAndOpensAgain) {
    EXPECT_EQ(open_message(StoreAccess::create), "");
    struct stat status {};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    const std::string before = bytes_of(file());
    EXPECT_EQ(open_message(StoreAccess::existing), "");
    EXPECT_EQ(open_message(StoreAccess::create), "");
    EXPECT_EQ(bytes_of(file()), before);
    EXPECT_NO_THROW(Store("sqlite:" + file().string(), StoreAccess::existing));
}

TEST_F(StoreFile, ThatIsNotThereIsNotMadeByReading) {
    EXPECT_THAT(open_message(StoreAccess::existing), HasSubstr("there is no store"));
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(StoreFile, NeedsItsFolder) {
    EXPECT_THAT(message_of<StoreError>(
                    [&] { Store((m_folder.path() / "no/store.db").string(), StoreAccess::create); }),
                HasSubstr("check that the folder exists"));
    EXPECT_THAT(message_of<StoreError>([&] { Store(m_folder.path().string(), StoreAccess::create); }),
                HasSubstr("cannot be opened"));
}

TEST_F(StoreFile, OfAnotherKindIsRefused) {
    EXPECT_THAT(message_of<StoreError>([] { Store("mysql://host/name", StoreAccess::create); }),
                HasSubstr("'mysql'"));
}

TEST_F(StoreFile, ThatIsNoDatabaseIsRefusedAndKept) {
    const std::string text(5000, 'x');
    write_file(file(), text);
    EXPECT_THAT(open_message(StoreAccess::create), HasSubstr("it is not a store of Optimat"));
    EXPECT_EQ(bytes_of(file()), text);
}

TEST_F(StoreFile, OfAnotherProgramIsRefusedAndKept) {
    write_file(file(), "");
    Database(file()).run("PRAGMA journal_mode = WAL; CREATE TABLE other (x INTEGER)");
    const std::string before = bytes_of(file());
    EXPECT_THAT(open_message(StoreAccess::create), HasSubstr("another program"));
    EXPECT_EQ(bytes_of(file()), before);
}

TEST_F(StoreFile, OfANewerOptimatIsRefused) {
    { Store(file().string(), StoreAccess::create); }
    Database(file()).run("INSERT INTO migration (number, name) VALUES (1000, 'later')");
    const std::string before = bytes_of(file());
    EXPECT_THAT(open_message(StoreAccess::create), HasSubstr("newer Optimat has written it (structure 1000"));
    EXPECT_EQ(bytes_of(file()), before);
}

TEST_F(StoreFile, WhoseMakingWasCutShortIsFinished) {
    write_file(file(), "");
    EXPECT_EQ(open_message(StoreAccess::existing), "");
    Store store(file().string(), StoreAccess::existing);
    EXPECT_EQ(schema_of(store.database()), newest_schema());
    EXPECT_THAT(list_snapshots(store), testing::IsEmpty());
    EXPECT_THAT(message_of<StoreError>([&] { find_snapshot(store, "latest"); }), HasSubstr("is empty"));
}

TEST_F(StoreFile, CutOffInTheMiddleIsReportedAsDamaged) {
    import_into(file(), TestExtract(test_data("ctn0094")));
    std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2);
    const std::string message = message_of<StoreError>([&] {
        Store store(file().string(), StoreAccess::existing);
        load_snapshot(store, "latest", ThreadCount{1});
    });
    EXPECT_THAT(message, HasSubstr("damaged"));
}

TEST_F(StoreFile, ThatMayNotBeWrittenCanBeRead) {
    const TestExtract adversarial(test_data("adversarial")), real(test_data("ctn0094"));
    import_into(file(), adversarial);
    ::chmod(m_folder.path().c_str(), 0555);
    ::chmod(file().c_str(), 0444);
    const int result = in_child([&] {
        // Permissions do not bind root.
        if (::geteuid() == 0 && ::setuid(65534) != 0) return 1;
        Store store(file().string(), StoreAccess::existing);
        if (content_of(load_snapshot(store, "latest", ThreadCount{1})) !=
            content_of(adversarial.read.extract))
            return 2;
        const std::string message = message_of<StoreError>([&] { import_snapshot(store, real.request()); });
        return message.find("may not be written") == std::string::npos ? 3 : 0;
    });
    ::chmod(m_folder.path().c_str(), 0755);
    EXPECT_EQ(result, 0);
}

TEST_F(StoreFile, OnAFullDiskKeepsItsOldState) {
    const TestExtract adversarial(test_data("adversarial")), real(test_data("ctn0094"));
    import_into(file(), adversarial);
    const int result = in_child([&] {
        // A limit on the size of files stands in for the end of the disk.
        std::signal(SIGXFSZ, SIG_IGN);
        const rlim_t room = std::filesystem::file_size(file()) + 100'000;
        const rlimit limit{room, room};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        Store store(file().string(), StoreAccess::existing);
        const std::string message = message_of<StoreError>([&] { import_snapshot(store, real.request()); });
        if (message.find("Check the disk") == std::string::npos) return 1;
        if (list_snapshots(store).size() != 1) return 2;
        return 0;
    });
    EXPECT_EQ(result, 0);
    Store store(file().string(), StoreAccess::existing);
    EXPECT_EQ(content_of(load_snapshot(store, "latest", ThreadCount{2})),
              content_of(adversarial.read.extract));
    EXPECT_FALSE(import_snapshot(store, real.request()).already_there) << "with room it goes on";
}

}  // namespace
}  // namespace optimat
