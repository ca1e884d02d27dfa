#include "intake/policy_record.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

Policy shipped() { return Definitions().policy(); }

TEST(PolicyRecord, GivesThePolicyAgain) {
    const Policy policy = shipped();
    EXPECT_FALSE(policy.bank_holidays.empty());
    EXPECT_EQ(read_policy_record(write_policy_record(policy), Policy{}), policy);
    EXPECT_EQ(read_policy_record(write_policy_record(Policy{}), policy), Policy{});
}

TEST(PolicyRecord, HasTheOtherSettingsOfEveryChoice) {
    const Policy policy = shipped();
    const auto alternatives = Definitions().policy_alternatives(policy);
    ASSERT_FALSE(alternatives.empty());
    for (const PolicyAlternative& alternative : alternatives)
        EXPECT_EQ(read_policy_record(write_policy_record(alternative.policy), policy), alternative.policy)
            << alternative.choice;
}

/// Every line changed: none of them is read into the wrong place or not at all.
TEST(PolicyRecord, KeepsEachValueByItself) {
    const std::string text = write_policy_record(shipped());
    std::size_t numbers = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin), sign = text.find('=', begin);
        const std::string value = text.substr(sign + 1, end - sign - 1);
        if (!value.empty() && value.find_first_not_of("0123456789") == value.npos) {
            const std::string other = value == "0" ? "1" : "0";
            std::string changed = text;
            changed.replace(sign + 1, value.size(), other);
            EXPECT_EQ(write_policy_record(read_policy_record(changed, Policy{})), changed);
            ++numbers;
        }
        begin = end + 1;
    }
    EXPECT_GT(numbers, 50u);
}

TEST(PolicyRecord, TakesWhatItDoesNotSayFromTheBase) {
    Policy base = shipped();
    base.evidence_months = 7;
    const Policy read = read_policy_record("induction_days=30\nnot.known.here=1\n", base);
    EXPECT_EQ(read.induction_days, 30);
    EXPECT_EQ(read.evidence_months, 7);
}

TEST(PolicyRecord, RefusesWhatIsNoValue) {
    for (const char* const text :
         {"induction_days=", "induction_days=3x", "induction_days", "nation=3", "bank_holidays=2018-02-30",
          "family.methadone.plausible=1", "order.1=no_such_key", "reliable_change=no_such_item:3"})
        EXPECT_THROW(read_policy_record(fmt::format("{}\n", text), Policy{}), DefinitionError) << text;
}

}  // namespace
}  // namespace optimat
