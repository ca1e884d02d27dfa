#include "model/codes.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace optimat {
namespace {

/// The name that the source gives to an enumerator; text that begins with `(` for a value without a name.
template <auto value> std::string_view enumerator_name() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t from = text.find("value = ") + 8;
    const std::string_view full = text.substr(from, text.find_first_of(";]", from) - from);
    if (full.starts_with('(')) return full;
    return full.substr(full.rfind(':') + 1);
}

template <class Enum, std::size_t... values>
std::vector<std::string_view> names_of(std::index_sequence<values...>) {
    return {enumerator_name<static_cast<Enum>(values)>()...};
}

/// Every text equals its enumerator's name, the first is empty, and neither side has one more.
template <class Enum> void expect_names(const CodeList& list) {
    const auto names = names_of<Enum>(std::make_index_sequence<64>{});
    ASSERT_LT(list.texts.size(), names.size());
    ASSERT_FALSE(list.texts.empty()) << list.name;
    EXPECT_EQ(list.texts[0], "") << list.name;
    EXPECT_EQ(names[0], "not_recorded") << list.name;
    for (std::size_t i = 1; i < list.texts.size(); ++i)
        EXPECT_EQ(list.texts[i], names[i]) << list.name;
    EXPECT_TRUE(names[list.texts.size()].starts_with('('))
        << list.name << " lacks " << names[list.texts.size()];
    EXPECT_EQ(std::set<std::string_view>(list.texts.begin(), list.texts.end()).size(), list.texts.size())
        << list.name;
}

TEST(Codes, every_text_is_the_name_of_its_enumerator) {
    expect_names<Sex>(codes::sex);
    expect_names<ServiceKind>(codes::service_kind);
    expect_names<EndReason>(codes::end_reason);
    expect_names<EpisodeSource>(codes::episode_source);
    expect_names<Phase>(codes::phase);
    expect_names<Medicine>(codes::medicine);
    expect_names<RecordedRegime>(codes::regime);
    expect_names<Collection>(codes::collection);
    expect_names<Supervision>(codes::supervision);
    expect_names<PlanReason>(codes::plan_reason);
    expect_names<TopStage>(codes::top_stage);
    expect_names<Setting>(codes::setting);
    expect_names<Sample>(codes::sample);
    expect_names<ScreenResult>(codes::screen_result);
    expect_names<EventKind>(codes::event_kind);
}

TEST(Codes, only_medicines_and_events_keep_what_is_not_listed) {
    EXPECT_EQ(codes::medicine.texts[codes::medicine.unlisted], "other_medicine");
    EXPECT_EQ(codes::event_kind.texts[codes::event_kind.unlisted], "unlisted_kind");
    for (const CodeList* list :
         {&codes::sex, &codes::service_kind, &codes::end_reason, &codes::episode_source, &codes::phase,
          &codes::regime, &codes::collection, &codes::supervision, &codes::plan_reason, &codes::top_stage,
          &codes::setting, &codes::sample, &codes::screen_result})
        EXPECT_EQ(list->unlisted, 0) << list->name;
}

TEST(Codes, each_medicine_belongs_to_its_family) {
    EXPECT_EQ(family_of(Medicine::not_recorded), Family::not_mat);
    EXPECT_EQ(family_of(Medicine::methadone), Family::methadone);
    EXPECT_EQ(family_of(Medicine::buprenorphine), Family::buprenorphine);
    EXPECT_EQ(family_of(Medicine::buprenorphine_naloxone), Family::buprenorphine);
    EXPECT_EQ(family_of(Medicine::buprenorphine_lyophilisate), Family::buprenorphine_lyophilisate);
    EXPECT_EQ(family_of(Medicine::buprenorphine_weekly), Family::buprenorphine_weekly);
    EXPECT_EQ(family_of(Medicine::buprenorphine_monthly), Family::buprenorphine_monthly);
    EXPECT_EQ(family_of(Medicine::buprenorphine_sublocade), Family::buprenorphine_sublocade);
    for (const Medicine other : {Medicine::morphine_sr, Medicine::dihydrocodeine, Medicine::diamorphine})
        EXPECT_EQ(family_of(other), Family::other);
    for (const Medicine none :
         {Medicine::diazepam, Medicine::naltrexone, Medicine::lofexidine, Medicine::other_medicine})
        EXPECT_FALSE(is_mat(none));
}

TEST(Codes, families_have_texts_and_words) {
    const auto names = names_of<Family>(std::make_index_sequence<family_count>{});
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < family_count; ++i) {
        EXPECT_EQ(text_of(static_cast<Family>(i)), names[i]);
        words.insert(words_for(static_cast<Family>(i)));
    }
    EXPECT_EQ(words.size(), family_count);
    EXPECT_EQ(text_of(Family::not_mat), "");
    EXPECT_TRUE(is_injection(Family::buprenorphine_weekly) && is_injection(Family::buprenorphine_monthly) &&
                is_injection(Family::buprenorphine_sublocade));
    EXPECT_FALSE(is_injection(Family::methadone) || is_injection(Family::buprenorphine) ||
                 is_injection(Family::buprenorphine_lyophilisate) || is_injection(Family::other));
}

}  // namespace
}  // namespace optimat
