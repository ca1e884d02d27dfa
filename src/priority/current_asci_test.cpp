// Which inventory of somebody is current, at both edges of its time.

#include "priority/supervision.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace optimat {
namespace {

const Day as_at = *day_of(2018, 10, 31);

PersonPicture with_inventory(std::optional<Day> day) {
    PersonPicture person;
    if (day) person.asci = AsciPicture{*day, {Flag::no}, Flag::no, false, true};
    return person;
}

PersonRecords answered_on(std::vector<Day> days) {
    PersonRecords records;
    for (const Day day : days) {
        TeamAsci asci;
        asci.day = day;
        asci.items = {Flag::yes};
        records.ascis.push_back(asci);
    }
    return records;
}

class CurrentAsci : public testing::Test {
  protected:
    /// Whose inventory is current: `file`, `team` or `none`, and its day.
    std::string current(std::optional<Day> file, const std::vector<Day>& team, OptionalDay to) const {
        const PersonRecords records = answered_on(team);
        const auto asci =
            current_asci(with_inventory(file), team.empty() ? nullptr : &records, m_pictures, m_policy, to);
        if (!asci) return "none";
        return (asci->any_item ? "team " : "file ") + to_text(asci->day);
    }
    Pictures m_pictures{as_at, {}, {true}};
    Policy m_policy;
};

TEST_F(CurrentAsci, is_the_latest_of_files_and_team_within_its_time) {
    const Day old = *day_of(2017, 10, 31), first = old + 1, may = *day_of(2018, 5, 1), later = as_at + 1;
    EXPECT_EQ(current({}, {}, as_at), "none");
    EXPECT_EQ(current(old, {old}, as_at), "none") << "exactly so far back is too long ago";
    EXPECT_EQ(current(first, {}, as_at), "file 2017-11-01");
    EXPECT_EQ(current({}, {first}, as_at), "team 2017-11-01");
    EXPECT_EQ(current(may, {may}, as_at), "team 2018-05-01") << "the team's wins on the same day";
    EXPECT_EQ(current(may, {first}, as_at), "file 2018-05-01");
    EXPECT_EQ(current(may, {first, as_at}, as_at), "team 2018-10-31");
    EXPECT_EQ(current(may, {later}, as_at), "file 2018-05-01");
    EXPECT_EQ(current(may, {later}, {}), "team 2018-11-01") << "the newest lists know what came after";
    EXPECT_EQ(current(may, {later, later + 9}, later), "team 2018-11-01");
}

TEST(AsciPicture, of_the_team_is_complete_when_an_item_is_present_or_all_are_answered) {
    TeamAsci asci;
    EXPECT_FALSE(asci_picture(asci).complete) << "no items, no answers";
    asci.items = {Flag::no, Flag::not_recorded};
    EXPECT_FALSE(asci_picture(asci).complete);
    EXPECT_FALSE(asci_picture(asci).any_item);
    asci.other_item = true;
    EXPECT_TRUE(asci_picture(asci).complete);
    EXPECT_TRUE(asci_picture(asci).any_item) << "an item of the form that the extract does not have";
    asci.other_item = false;
    asci.items[1] = Flag::no;
    EXPECT_TRUE(asci_picture(asci).complete);
    EXPECT_FALSE(asci_picture(asci).any_item);
    asci.items = {Flag::yes, Flag::not_recorded};
    EXPECT_TRUE(asci_picture(asci).complete);
}

}  // namespace
}  // namespace optimat
