#include "reference_outcomes.hpp"

#include "reference_outcomes_life.hpp"

#include <algorithm>
#include <stdexcept>

namespace optimat {

namespace {

using reference::Day;
using reference::NamedOutcome;
using reference::OutcomeLife;

const std::vector<NamedOutcome>& all_outcomes() {
    static const std::vector<NamedOutcome> all = [] {
        std::vector<NamedOutcome> outcomes;
        for (const auto& part :
             {reference::standing_outcomes(), reference::induction_outcomes(), reference::detox_outcomes(),
              reference::journey_outcomes(), reference::waiting_outcomes(), reference::harm_outcomes()})
            outcomes.insert(outcomes.end(), part.begin(), part.end());
        return outcomes;
    }();
    return all;
}

}  // namespace

struct ReferenceOutcomes::Known {
    reference::OutcomeExtract extract;
    std::map<Day, std::vector<OutcomeLife>> lives;  ///< as at a day, made when first asked for

    const std::vector<OutcomeLife>& lives_at(Day as_at) {
        auto& made = lives[as_at];
        if (made.empty())
            for (const auto& [client_id, records] : extract.people)
                made.emplace_back(extract, records, as_at);
        return made;
    }
};

ReferenceOutcomes::ReferenceOutcomes(const std::filesystem::path& extract, ReferenceOutcomePolicy policy)
    : m_known(new Known{reference::read_outcome_extract(extract, policy), {}}) {}

ReferenceOutcomes::~ReferenceOutcomes() { delete m_known; }

std::vector<std::string> ReferenceOutcomes::functions() {
    std::vector<std::string> names;
    for (const NamedOutcome& outcome : all_outcomes())
        names.push_back(outcome.name);
    return names;
}

std::vector<ReferenceItem> ReferenceOutcomes::items(const std::string& function,
                                                    const std::vector<std::chrono::year_month_day>& dates,
                                                    std::size_t date) const {
    const auto outcome = std::ranges::find(all_outcomes(), function, &NamedOutcome::name);
    if (outcome == all_outcomes().end()) throw std::out_of_range("no function " + function);
    const bool cohort = outcome->basis == reference::OutcomeBasis::cohort;
    const Day day{dates[date]};
    const Day from = cohort ? Day{dates[date].year() / dates[date].month() / 1} : day;
    std::vector<ReferenceItem> items;
    for (const OutcomeLife& life : m_known->lives_at(cohort ? Day{dates.back()} : day))
        outcome->find({life, from, day, items});
    std::ranges::sort(items);
    return items;
}

}  // namespace optimat
