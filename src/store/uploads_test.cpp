#include "store/uploads.hpp"

#include "base/error.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>
#include <set>
#include <thread>
#include <tuple>

namespace optimat {
namespace {

using testing::ElementsAre;

auto all_of(const Upload& upload) {
    return std::tie(upload.reference, upload.user, upload.begun_at, upload.changed_at, upload.stage,
                    upload.bytes, upload.bytes_expected, upload.done, upload.all, upload.source,
                    upload.folder, upload.message, upload.report, upload.snapshot_id, upload.process);
}

class Uploads : public StoreTest {
  protected:
    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Uploads, every_store, kind_of_store);

TEST(UploadStageText, NamesEveryStageOnce) {
    std::set<std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(UploadStage::given_up); ++i)
        texts.insert(text_of(static_cast<UploadStage>(i)));
    EXPECT_EQ(texts.size(), 8u);
    EXPECT_EQ(text_of(UploadStage::given_up), "given_up");
}

TEST_P(Uploads, KeepEveryFieldFromStageToStage) {
    Upload given;
    given.user = 7;
    given.begun_at = "2018-11-05T09:30:00Z";
    given.changed_at = 1'541'000'000;
    given.bytes_expected = std::int64_t{3} << 30;
    given.source = "sent";
    given.folder = "incoming/1";
    given.process = "one";
    Upload upload = add_upload(database, given);
    EXPECT_EQ(upload.reference.size(), 22u);
    EXPECT_EQ(all_of(*find_upload(second, upload.reference)), all_of(upload));
    upload.stage = UploadStage::checked;
    upload.changed_at += 60;
    upload.bytes = std::int64_t{3} << 30;
    upload.done = 5;
    upload.all = 9;
    upload.message = "it's all right";
    upload.report = std::string(300'000, '{');
    upload.snapshot_id = "abc";
    upload.process = "two";
    EXPECT_TRUE(change_upload(database, upload, UploadStage::receiving));
    EXPECT_EQ(all_of(*find_upload(second, upload.reference)), all_of(upload));
    EXPECT_FALSE(find_upload(second, "another"));
}

TEST_P(Uploads, AreListedNewestFirst) {
    std::vector<std::string> references;
    for (int i = 0; i < 3; ++i)
        references.push_back(add_upload(database, {}).reference);
    const auto list = list_uploads(database, 2);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_THAT((std::vector{list[0].reference, list[1].reference}),
                ElementsAre(references[2], references[1]));
}

TEST_P(Uploads, AtAnotherStageAreNotChanged) {
    Upload upload = add_upload(database, {});
    upload.stage = UploadStage::checking;
    EXPECT_TRUE(change_upload(database, upload, UploadStage::receiving));
    upload.stage = UploadStage::given_up;
    EXPECT_FALSE(change_upload(database, upload, UploadStage::receiving));
    EXPECT_EQ(find_upload(database, upload.reference)->stage, UploadStage::checking);
    upload.reference = "another";
    EXPECT_FALSE(change_upload(database, upload, UploadStage::checking));
}

TEST_P(Uploads, OfTwoProcessesThatTakeTheNextStepOneWins) {
    for (int run = 0; run < 10; ++run) {
        Upload upload = add_upload(database, {});
        upload.stage = UploadStage::importing;
        std::atomic<int> won = 0;
        const auto take = [&](Database& own, const char* process) {
            Upload mine = upload;
            mine.process = process;
            won += change_upload(own, mine, UploadStage::receiving);
        };
        {
            const std::jthread one([&] { take(database, "one"); }), two([&] { take(second, "two"); });
        }
        EXPECT_EQ(won, 1);
    }
}

}  // namespace
}  // namespace optimat
