#include "store/chart_marks.hpp"

#include "store/store_places_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string measure = "induction_completed", place = "service:S1";

ChartMarkEntry mark(ChartMarkKind kind, const std::string& from, const std::string& request) {
    ChartMarkEntry entry;
    entry.kind = kind;
    entry.measure = measure;
    entry.place = place;
    entry.from = from;
    entry.reason = "agreed by the board";
    entry.at = "2018-11-05T09:30:00Z";
    entry.author = "ann";
    entry.author_role = "service_manager";
    entry.request = request;
    return entry;
}

ChartMarkEntry target(const std::string& month, std::optional<std::int64_t> millionths,
                      const std::string& request) {
    ChartMarkEntry entry = mark(ChartMarkKind::target, month, request);
    entry.millionths = millionths;
    return entry;
}

ChartMarkEntry annotation(const std::string& day, const std::string& text, const std::string& request) {
    ChartMarkEntry entry = mark(ChartMarkKind::annotation, day, request);
    entry.text = text;
    return entry;
}

ChartMarkEntry withdrawal(std::int64_t about, const std::string& request) {
    ChartMarkEntry entry = mark(ChartMarkKind::withdrawal, "", request);
    entry.measure = entry.place = "what the caller thinks";
    entry.about = about;
    entry.reason = "a mistake";
    return entry;
}

Day day(const std::string& text) { return parse_iso_day(text).value(); }

class ChartMarksOfAStore : public StoreTest {
  protected:
    ChartMarkEntry add(const ChartMarkEntry& entry) { return add_chart_mark(database, entry); }
    std::string refusal(const ChartMarkEntry& entry) {
        return message_of<UsageError>([&] { add(entry); });
    }
    ChartMarks standing() { return marks_of(chart_mark_entries(second), measure, place); }

    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, ChartMarksOfAStore, every_store, kind_of_store);

TEST_P(ChartMarksOfAStore, KeepEveryField) {
    ChartMarkEntry given = annotation("2018-10-05", "it's \"?\" é\nnext line", "r1");
    ChartMarkEntry stored = add(given);
    EXPECT_GT(stored.number, 0);
    given.number = stored.number;
    EXPECT_EQ(stored, given);
    ChartMarkEntry baseline = mark(ChartMarkKind::baseline, "2017-01", "r2");
    baseline.to = "2017-12";
    baseline = add(baseline);
    const ChartMarkEntry no_target = add(target("2018-01", {}, "r3"));
    EXPECT_EQ(no_target.millionths, std::nullopt);
    EXPECT_EQ(add(target("2018-01", 0, "r4")).millionths, 0);
    EXPECT_EQ(chart_mark_entries(second).size(), 4u);
    EXPECT_EQ(chart_mark_entries(second)[1], baseline);
    EXPECT_EQ(newest_chart_mark(second), no_target.number + 1);
}

TEST_P(ChartMarksOfAStore, NeedWhatTheirKindAsks) {
    ChartMarkEntry entry = target("2018-10", 900'000, "r1");
    entry.reason.clear();
    EXPECT_THAT(refusal(entry), HasSubstr("write why"));
    entry = target("2018-10", 900'000, "");
    EXPECT_THAT(refusal(entry), HasSubstr("random text"));
    entry = target("2018-10", 900'000, "r1");
    entry.measure.clear();
    EXPECT_THAT(refusal(entry), HasSubstr("needs a measure"));
    EXPECT_THAT(refusal(target("2018-10-01", 900'000, "r1")), HasSubstr("month"));
    EXPECT_THAT(refusal(target("2018-13", 900'000, "r1")), HasSubstr("month"));
    EXPECT_THAT(refusal(target("2018-10", -1, "r1")), HasSubstr("no less than 0"));
    EXPECT_THAT(refusal(mark(ChartMarkKind::baseline, "2018-10", "r1")), HasSubstr("last month"));
    entry = mark(ChartMarkKind::baseline, "2018-10", "r1");
    entry.to = "2018-09";
    EXPECT_THAT(refusal(entry), HasSubstr("no earlier"));
    EXPECT_THAT(refusal(annotation("2018-10", "Plan started", "r1")), HasSubstr("day"));
    EXPECT_THAT(refusal(annotation("2018-10-05", "", "r1")), HasSubstr("what happened"));
    entry = mark(ChartMarkKind::excluded, "2018-10", "r1");
    entry.millionths = 1;
    EXPECT_THAT(refusal(entry), HasSubstr("no room"));
    EXPECT_THAT(refusal(withdrawal(7, "r1")), HasSubstr("no such mark"));
    EXPECT_THAT(chart_mark_entries(database), IsEmpty());
}

TEST_P(ChartMarksOfAStore, TheSameFormSentTwiceIsOneEntry) {
    const ChartMarkEntry first = add(target("2018-10", 900'000, "r1"));
    EXPECT_EQ(add_chart_mark(second, target("2018-10", 900'000, "r1")), first);
    EXPECT_THROW(add(target("2018-10", 800'000, "r1")), ConflictError);
    ChartMarkEntry of_another = target("2018-10", 900'000, "r1");
    of_another.author = "bea";
    EXPECT_THROW(add(of_another), ConflictError);
    const ChartMarkEntry gone = add(withdrawal(first.number, "r2"));
    EXPECT_EQ(gone.measure, measure);
    EXPECT_EQ(gone.place, place);
    EXPECT_EQ(add(withdrawal(first.number, "r2")), gone);
    EXPECT_THAT(refusal(withdrawal(first.number, "r3")), HasSubstr("already"));
    EXPECT_THAT(refusal(withdrawal(gone.number, "r4")), HasSubstr("no such mark"));
    EXPECT_EQ(chart_mark_entries(database).size(), 2u);
}

TEST_P(ChartMarksOfAStore, CannotBeChangedByAnyStatement) {
    add(target("2018-10", 900'000, "r1"));
    for (const char* const sql : {"UPDATE chart_mark_entry SET reason = 'x'", "DELETE FROM chart_mark_entry"})
        EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
    if (!on_sqlite()) {
        EXPECT_THAT(message_of<StoreError>([&] { database.run("TRUNCATE chart_mark_entry CASCADE"); }),
                    HasSubstr("append only"));
    }
    EXPECT_EQ(chart_mark_entries(database).size(), 1u);
}

TEST_P(ChartMarksOfAStore, WithdrawnByManyAtOnceAreWithdrawnOnce) {
    const std::int64_t about = add(target("2018-10", 900'000, "r")).number;
    std::atomic<int> refused = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            const Store own = open();
            try {
                add_chart_mark(own.database(), withdrawal(about, fmt::format("r{}", i)));
            } catch (const UsageError&) {
                ++refused;
            }
        });
    threads.clear();
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(chart_mark_entries(database).size(), 2u);
}

TEST_P(ChartMarksOfAStore, StandUntilTheyAreWithdrawn) {
    const auto first = add(target("2018-04", 900'000, "r1"));
    const auto none = add(target("2018-10", {}, "r2"));
    const auto second_target = add(target("2018-07", 950'000, "r3"));
    const auto other = add(target("2018-07", 990'000, "r4"));
    ChartMarks marks = standing();
    EXPECT_THAT(marks.targets, ElementsAre(first, other, none));
    EXPECT_EQ(marks.target_in_month_of(day("2018-03-31")), std::nullopt);
    EXPECT_EQ(marks.target_in_month_of(day("2018-04-01")), 0.9);
    EXPECT_EQ(marks.target_in_month_of(day("2018-06-30")), 0.9);
    EXPECT_EQ(marks.target_in_month_of(day("2018-07-15")), 0.99);
    EXPECT_EQ(marks.target_in_month_of(day("2018-12-31")), std::nullopt);
    add(withdrawal(other.number, "r5"));
    EXPECT_THAT(standing().targets, ElementsAre(first, second_target, none));
    EXPECT_EQ(standing().target_in_month_of(day("2018-07-31")), 0.95);
}

TEST_P(ChartMarksOfAStore, AreOfTheirMeasureAndPlaceAndAnAnnotationMayBeOfAllMeasures) {
    const auto own = add(annotation("2018-10-09", "Clinic opened", "r1"));
    ChartMarkEntry of_all = annotation("2018-10-05", "Plan started", "r2");
    of_all.measure.clear();
    of_all = add(of_all);
    ChartMarkEntry elsewhere = annotation("2018-10-05", "Elsewhere", "r3");
    elsewhere.place = "organisation";
    add(elsewhere);
    ChartMarkEntry of_another = mark(ChartMarkKind::rebase, "2018-10", "r4");
    of_another.measure = "retained";
    add(of_another);
    const auto rebase = add(mark(ChartMarkKind::rebase, "2018-09", "r5"));
    const auto excluded = add(mark(ChartMarkKind::excluded, "2018-08", "r6"));
    const ChartMarks marks = standing();
    EXPECT_THAT(marks.annotations, ElementsAre(of_all, own));
    EXPECT_THAT(marks.rebases, ElementsAre(rebase));
    EXPECT_THAT(marks.excluded, ElementsAre(excluded));
    EXPECT_TRUE(marks.is_excluded(day("2018-08-31")));
    EXPECT_FALSE(marks.is_excluded(day("2018-09-30")));
}

TEST(Targets, AreReadExactly) {
    EXPECT_EQ(parse_target("0.9"), 900'000);
    EXPECT_EQ(parse_target("90"), 90'000'000);
    EXPECT_EQ(parse_target("0.000001"), 1);
    EXPECT_EQ(parse_target("1000000"), 1'000'000'000'000);
    for (const char* const text : {"", ".", "1.", ".5", "-1", "1e3", "0.0000001", "1000000.1", "1,5", " 1"})
        EXPECT_EQ(parse_target(text), std::nullopt) << text;
}

}  // namespace
}  // namespace optimat
