#include "store/audit.hpp"

#include "base/error.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

AuditEntry entry(const std::string& at, const std::string& who, const std::string& action) {
    AuditEntry made;
    made.at = at;
    made.sign_in_name = who;
    made.role = "clinician";
    made.action = action;
    made.place = "service:S1";
    made.subject = "p-" + action;
    made.detail = "36 people";
    made.peer = "10.0.0.1";
    return made;
}

class Audit : public StoreTest {
  protected:
    /// Day, time, who and what of the entries; there are as many as are counted.
    std::vector<std::string> subjects(const AuditFilter& filter) {
        std::vector<std::string> found;
        for (const AuditEntry& listed : list_audit(database, filter, 0, 100))
            found.push_back(listed.at.substr(8, 8) + " " + listed.sign_in_name + " " + listed.action);
        EXPECT_EQ(static_cast<std::int64_t>(found.size()), count_audit(database, filter));
        return found;
    }
    void record_three() {
        record_audit(database, entry("2018-11-04T23:59:59Z", "Ann", "view_person"));
        AuditEntry refused = entry("2018-11-05T00:00:00Z", "bea", "export_list");
        refused.outcome = AuditOutcome::refused;
        record_audit(database, refused);
        record_audit(database, entry("2018-11-05T23:59:59Z", "ann", "Zoom"));
    }

    Store store = open();
    Database& database = store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Audit, every_store, kind_of_store);

TEST_P(Audit, KeepsEveryField) {
    AuditEntry given = entry("2018-11-05T09:30:00Z", "ann", "view_person");
    given.outcome = AuditOutcome::failed;
    given.detail = "it's \"?\" é";
    record_audit(database, given);
    record_audit(database, {});
    const auto entries = list_audit(database, {}, 0, 10);
    ASSERT_EQ(entries.size(), 2u);
    const AuditEntry& kept = entries[1];
    EXPECT_GT(entries[0].number, kept.number);
    EXPECT_EQ(std::tie(kept.at, kept.sign_in_name, kept.role, kept.action, kept.outcome, kept.place,
                       kept.subject, kept.detail, kept.peer),
              std::tie(given.at, given.sign_in_name, given.role, given.action, given.outcome, given.place,
                       given.subject, given.detail, given.peer));
    EXPECT_EQ(entries[0].sign_in_name, "");
    EXPECT_EQ(entries[0].outcome, AuditOutcome::allowed);
}

TEST_P(Audit, IsFilteredByEachOfItsParts) {
    record_three();
    EXPECT_THAT(subjects({}),
                ElementsAre("05T23:59 ann Zoom", "05T00:00 bea export_list", "04T23:59 Ann view_person"));
    AuditFilter days;
    days.from = "2018-11-05";
    EXPECT_THAT(subjects(days), ElementsAre("05T23:59 ann Zoom", "05T00:00 bea export_list"));
    days.to = "2018-11-05";
    EXPECT_THAT(subjects(days), ElementsAre("05T23:59 ann Zoom", "05T00:00 bea export_list"));
    days = {};
    days.to = "2018-11-04";
    EXPECT_THAT(subjects(days), ElementsAre("04T23:59 Ann view_person"));
    AuditFilter who;
    who.sign_in_name = "ANN";
    EXPECT_THAT(subjects(who), ElementsAre("05T23:59 ann Zoom", "04T23:59 Ann view_person"));
    AuditFilter what;
    what.action = "view_person";
    EXPECT_THAT(subjects(what), ElementsAre("04T23:59 Ann view_person"));
    AuditFilter subject;
    subject.subject = "p-Zoom";
    EXPECT_THAT(subjects(subject), ElementsAre("05T23:59 ann Zoom"));
    AuditFilter outcome;
    outcome.outcome = AuditOutcome::refused;
    EXPECT_THAT(subjects(outcome), ElementsAre("05T00:00 bea export_list"));
    outcome.sign_in_name = "ann";
    EXPECT_THAT(subjects(outcome), IsEmpty());
}

TEST_P(Audit, IsReadPageByPageWhileItGrows) {
    for (int i = 10; i < 17; ++i)
        record_audit(database,
                     entry("2018-11-05T09:30:" + std::to_string(i) + "Z", "ann", "a" + std::to_string(i)));
    const auto first = list_audit(database, {}, 0, 3);
    record_audit(database, entry("2018-11-05T10:00:00Z", "ann", "later"));
    const auto second = list_audit(database, {}, first.back().number, 3);
    const auto third = list_audit(database, {}, second.back().number, 3);
    std::vector<std::string> actions;
    for (const auto& page : {first, second, third})
        for (const AuditEntry& listed : page)
            actions.push_back(listed.action);
    EXPECT_THAT(actions, ElementsAre("a16", "a15", "a14", "a13", "a12", "a11", "a10"));
    EXPECT_THAT(list_audit(database, {}, third.back().number, 3), IsEmpty());
    EXPECT_EQ(count_audit(database, {}), 8);
}

TEST_P(Audit, NamesItsActionsInByteOrder) {
    EXPECT_THAT(audit_actions(database), IsEmpty());
    record_three();
    record_three();
    EXPECT_THAT(audit_actions(database), ElementsAre("Zoom", "export_list", "view_person"));
}

TEST_P(Audit, CannotBeChangedByAnyStatement) {
    record_three();
    for (const char* const sql :
         {"UPDATE audit SET detail = ''", "DELETE FROM audit", "DELETE FROM audit WHERE number = 1"})
        EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
    if (!on_sqlite()) {
        EXPECT_THAT(message_of<StoreError>([&] { database.run("TRUNCATE audit"); }),
                    HasSubstr("append only"));
    }
    EXPECT_EQ(count_audit(database, {}), 3);
}

TEST_P(Audit, IsUndoneWithWhatItTellsOf) {
    {
        const Transaction transaction(database, Transaction::Kind::write);
        record_three();
    }
    EXPECT_EQ(count_audit(database, {}), 0);
}

}  // namespace
}  // namespace optimat
