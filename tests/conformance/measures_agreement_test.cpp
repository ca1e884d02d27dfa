#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "measure/compare.hpp"
#include "measure/flows.hpp"
#include "random_extract.hpp"
#include "reference_measures.hpp"
#include "seeds.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

// Flows and comparisons of the engine against those of the reference, on random extracts of invented people.

namespace optimat::conformance {
namespace {

Day day_of_date(std::chrono::year_month_day date) {
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

class MeasuresAgreement : public testing::TestWithParam<std::uint64_t> {
  protected:
    MeasuresAgreement() : m_dates(RandomExtractOptions{}.as_at) {
        write_random_extract(m_folder.path(), GetParam());
        std::vector<Day> days;
        for (const auto& date : m_dates)
            days.push_back(day_of_date(date));
        Settings settings;
        settings.chunk_count = 4;
        m_run = run_engine(m_folder.path(), days, settings);
    }

    FolderCopy m_folder;
    std::vector<std::chrono::year_month_day> m_dates;
    EngineRun m_run;
};

std::string text_of_flows(std::vector<ReferenceFlow> flows) {
    std::ranges::sort(flows);
    std::string text;
    for (const ReferenceFlow& flow : flows)
        text +=
            fmt::format("{} '{}': {} to {}: {}\n", flow.scope, flow.name, flow.from, flow.to, flow.people);
    return text;
}

std::vector<ReferenceFlow> flows_of(const EngineRun& run, std::size_t now) {
    const auto places = places_of(run.read.extract);
    const auto tables = make_flows(run.read.extract, run.states, now - 1, now, places);
    std::vector<ReferenceFlow> flows;
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t from = 0; from < flow_ends; ++from)
            for (std::size_t to = 0; to < flow_ends; ++to)
                if (tables[i].people[from][to] != 0)
                    flows.push_back({std::string(text_of(places[i].kind)), places[i].id,
                                     std::string(flow_end_text(from)), std::string(flow_end_text(to)),
                                     static_cast<long>(tables[i].people[from][to])});
    return flows;
}

TEST_P(MeasuresAgreement, Flows) {
    for (std::size_t now = 1; now < m_dates.size(); ++now)
        EXPECT_EQ(
            first_difference(text_of_flows(reference_flows(m_folder.path(), m_dates[now - 1], m_dates[now])),
                             text_of_flows(flows_of(m_run, now))),
            "")
            << "seed " << GetParam();
}

std::string text_of_comparison(std::vector<ReferenceComparison> rows) {
    std::ranges::sort(rows);
    std::string text;
    for (const ReferenceComparison& row : rows)
        text += fmt::format("{} {}: {} of {}, {} µg, list of {}\n", row.service_id, row.measure,
                            row.numerator, row.denominator, row.micrograms, row.in_mat);
    return text;
}

std::vector<ReferenceComparison> comparison_of(const EngineRun& run, std::size_t date) {
    const Extract& extract = run.read.extract;
    std::vector<std::size_t> services(extract.services.size());
    std::iota(services.begin(), services.end(), 0u);
    std::vector<ReferenceComparison> rows;
    for (const ComparableMeasure& measure : comparable_measures())
        for (const ComparedService& one : compare(extract, run.states, date, services, measure).services)
            if (one.sums.in_mat > 0)
                rows.push_back({extract.services[one.service].service_id, std::string(measure.id),
                                static_cast<long>(one.sums.in_mat), static_cast<long>(one.sums.numerator),
                                static_cast<long>(one.sums.denominator),
                                static_cast<long>(one.sums.micrograms)});
    return rows;
}

TEST_P(MeasuresAgreement, Comparisons) {
    for (std::size_t date = 0; date < m_dates.size(); ++date)
        EXPECT_EQ(first_difference(text_of_comparison(reference_comparison(m_folder.path(), m_dates[date])),
                                   text_of_comparison(comparison_of(m_run, date))),
                  "")
            << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, MeasuresAgreement, seeds_to(30), seed_name);

}  // namespace
}  // namespace optimat::conformance
