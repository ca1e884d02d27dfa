#include "intake/definitions.hpp"
#include "measure/tracker.hpp"
#include "outcome_extract.hpp"
#include "report/measure_texts.hpp"

#include <algorithm>
#include <fmt/format.h>

// What must hold of every measure whatever the data.

namespace optimat::conformance {
namespace {

const MeasureDefinitions& definitions() {
    static const MeasureDefinitions read =
        measure_definitions(Definitions().text("measures.toml"), "measures.toml");
    return read;
}

class OutcomeInvariants : public OutcomeExtract {
  protected:
    OutcomeInvariants() : m_grid(make_measure_grid(extract(), m_policy, outcome_days(), {2})) {}

    MeasureCell cell(std::string_view function, std::size_t date, const Place& place) const {
        return m_grid.at(*find_measure_function(function), date, place);
    }
    /// The grid of the same extract read in another way.
    MeasureGrid other_grid(const std::filesystem::path& folder, std::size_t chunks, unsigned threads) const {
        Settings settings;
        settings.chunk_count = chunks;
        settings.threads = {threads};
        const EngineRun run = run_engine(folder, {outcome_days().back()}, settings);
        return make_measure_grid(run.read.extract, m_policy, outcome_days(), {threads});
    }
    /// Calls `visit(place, date)` for every place and column.
    template <class Visit> void for_each_column(Visit visit) const {
        for (const Place& place : places_of(extract()))
            for (std::size_t date = 0; date < outcome_dates().size(); ++date)
                visit(place, date);
    }

    MeasureGrid m_grid;
};

void expect_within(const MeasureDefinition& measure, const MeasureCell& cell, const std::string& where) {
    const MeasureFigure figure = figure_of(measure, cell);
    std::int64_t of_numerator = 0, of_denominator = 0;
    for (const std::uint8_t part : measure.numerator)
        of_numerator += cell.count[part];
    for (const std::uint8_t part : measure.denominator)
        of_denominator += cell.count[part];
    EXPECT_EQ(figure.population, cell.all()) << where;
    EXPECT_LE(of_numerator, cell.all()) << where;
    EXPECT_LE(of_denominator, cell.all()) << where;
    EXPECT_EQ(figure.value().has_value(), figure.denominator != 0) << where;
    EXPECT_GE(figure.numerator, 0) << where;
    switch (measure.value) {
    case MeasureValue::share:
        EXPECT_EQ(figure.numerator, of_numerator) << where;
        EXPECT_EQ(figure.denominator, of_denominator) << where;
        EXPECT_LE(figure.numerator, figure.denominator) << where;
        EXPECT_EQ(figure.outside(), cell.all() - of_denominator) << where;
        EXPECT_LE(figure.value().value_or(0), 1) << where;
        break;
    case MeasureValue::mean:
        EXPECT_EQ(measure.numerator, measure.denominator) << where;
        EXPECT_EQ(figure.denominator, of_denominator) << where;
        EXPECT_EQ(figure.outside(), cell.all() - of_denominator) << where;
        break;
    case MeasureValue::rate:
        EXPECT_EQ(figure.numerator, of_numerator) << where;
        EXPECT_LE(of_numerator + of_denominator, cell.all()) << where;
        break;
    }
}

TEST_P(OutcomeInvariants, NumeratorWithinDenominatorWithinPopulation) {
    for_each_column([&](const Place& place, std::size_t date) {
        for (const MeasureDefinition& measure : definitions().measures) {
            const std::string where = fmt::format("seed {}, {} of a {}, column {}", GetParam(), measure.name,
                                                  text_of(place.kind), date);
            expect_within(measure, m_grid.at(*measure.function, date, place), where);
            expect_within(measure, m_grid.of_year(*measure.function, date, place), where + ", year");
        }
    });
}

/// A share's numerator is among its denominator's parts, and no part stands twice.
TEST(OutcomeMeasures, PartsOfANumeratorAreOfItsDenominator) {
    EXPECT_GT(definitions().measures.size(), 40u);
    for (const MeasureDefinition& measure : definitions().measures) {
        for (const auto* parts : {&measure.numerator, &measure.denominator}) {
            EXPECT_FALSE(parts->empty()) << measure.name;
            EXPECT_TRUE(std::ranges::is_sorted(*parts)) << measure.name;
            EXPECT_EQ(std::ranges::adjacent_find(*parts), parts->end()) << measure.name;
            for (const std::uint8_t part : *parts)
                EXPECT_LT(part, measure.function->parts.size()) << measure.name;
        }
        const bool within = std::ranges::includes(measure.denominator, measure.numerator);
        EXPECT_EQ(within, measure.value != MeasureValue::rate) << measure.name;
    }
}

/// Sums over services, and what is of none, are the organisation; sums over a place's are the place.
TEST_P(OutcomeInvariants, ServicesSumToRegionsAndTheOrganisation) {
    for_each_column([&](const Place& place, std::size_t date) {
        for (const MeasureFunction& function : measure_functions()) {
            MeasureCell sum;
            for (std::size_t service = 0; service <= m_grid.service_count(); ++service) {
                const bool here = place.kind == PlaceKind::organisation ||
                                  std::ranges::find(place.services, service) != place.services.end();
                if (here) sum += m_grid.at(function, date, service);
            }
            EXPECT_EQ(sum, m_grid.at(function, date, place))
                << "seed " << GetParam() << ", " << function.name << " of a " << text_of(place.kind);
        }
    });
}

MeasureCell cell_of(const std::vector<ListedItem>& items) {
    MeasureCell cell;
    for (const ListedItem& listed : items) {
        ++cell.count[listed.item.part];
        cell.sum[listed.item.part] += listed.item.value;
    }
    return cell;
}

/// The list behind a number is the number.
TEST_P(OutcomeInvariants, EveryCellIsItsList) {
    for (const Place& place : places_of(extract()))
        for (const std::size_t date : {GetParam() % 9, outcome_dates().size() - 1})
            for (const MeasureFunction& function : measure_functions()) {
                const auto listed = [&](ItemSpan span) {
                    return cell_of(
                        list_items(extract(), m_policy, outcome_days(), function, date, place, span, {2}));
                };
                const std::string where =
                    fmt::format("seed {}, {} of a {}", GetParam(), function.name, text_of(place.kind));
                EXPECT_EQ(listed(ItemSpan::date), m_grid.at(function, date, place)) << where;
                EXPECT_EQ(listed(ItemSpan::year), m_grid.of_year(function, date, place)) << where;
                MeasureCell all;
                for (std::size_t column = 0; column <= date; ++column)
                    if (function.basis == MeasureBasis::cohort || column == date)
                        all += m_grid.at(function, column, place);
                EXPECT_EQ(listed(ItemSpan::all), all) << where;
            }
}

TEST_P(OutcomeInvariants, OrderOfRowsThreadsAndChunksDoNotMatter) {
    FolderCopy shuffled(m_folder.path());
    shuffled.shuffle_rows(GetParam());
    EXPECT_EQ(other_grid(shuffled.path(), 4, 1), m_grid) << "seed " << GetParam();
    EXPECT_EQ(other_grid(m_folder.path(), 1, 1), m_grid) << "seed " << GetParam();
    EXPECT_EQ(other_grid(m_folder.path(), 64, 3), m_grid) << "seed " << GetParam();
}

/// A column of what stands on a date, or lies in the months up to it, is the same whatever comes after.
TEST_P(OutcomeInvariants, ColumnsDoNotHangOnLaterOnes) {
    const std::vector<Day> all = outcome_days();
    for (const std::size_t date : {std::size_t{0}, GetParam() % 9}) {
        const auto last = all.begin() + static_cast<std::ptrdiff_t>(date);
        const MeasureGrid alone = make_measure_grid(extract(), m_policy, {*last}, {1});
        const MeasureGrid known = make_measure_grid(extract(), m_policy, {all.begin(), last + 1}, {1});
        for (const MeasureFunction& function : measure_functions())
            for (std::size_t service = 0; service <= m_grid.service_count(); ++service) {
                // A cohort is seen as at the last of the dates: then it is the same when that is its own.
                EXPECT_EQ(alone.at(function, 0, service), known.at(function, date, service))
                    << "seed " << GetParam() << ", " << function.name;
                if (function.basis == MeasureBasis::cohort) continue;
                EXPECT_EQ(alone.at(function, 0, service), m_grid.at(function, date, service))
                    << "seed " << GetParam() << ", " << function.name;
            }
    }
}

/// A cohort's things do not come and go as time passes; only what is known of them does.
TEST_P(OutcomeInvariants, ACohortStaysTheSame) {
    const std::vector<Day> all = outcome_days();
    const std::vector<Day> earlier(all.begin(), all.begin() + 5);
    const MeasureGrid then = make_measure_grid(extract(), m_policy, earlier, {1});
    for (const Place& place : places_of(extract()))
        for (std::size_t date = 0; date < earlier.size(); ++date)
            for (const char* function : {"induction", "re_induction", "spell_course", "retention",
                                         "detoxification", "waiting", "continuity"})
                EXPECT_EQ(then.at(*find_measure_function(function), date, place).all(),
                          cell(function, date, place).all())
                    << "seed " << GetParam() << ", " << function;
}

std::int64_t part(const MeasureCell& cell, std::string_view function, std::string_view name) {
    return cell.count[find_measure_function(function)->part(name).value()];
}

/// Functions that look at the same things count as many.
TEST_P(OutcomeInvariants, FunctionsOfTheSameThingsAgree) {
    for_each_column([&](const Place& place, std::size_t date) {
        const auto all = [&](std::string_view function) { return cell(function, date, place).all(); };
        const std::string where = fmt::format("seed {}, column {}", GetParam(), date);
        for (const char* function :
             {"methadone_dose", "buprenorphine_dose", "supervision", "naloxone", "change_in_use"})
            EXPECT_EQ(all(function), all("tracker")) << where << ", " << function;
        for (const char* function : {"re_induction", "spell_course", "retention"})
            EXPECT_EQ(all(function), all("induction")) << where << ", " << function;
        const MeasureCell inductions = cell("induction", date, place);
        EXPECT_EQ(all("induction_dose"), part(inductions, "induction", "completed")) << where;
        EXPECT_EQ(all("induction_band"), part(inductions, "induction", "completed")) << where;
        EXPECT_EQ(all("induction_return"), part(inductions, "induction", "dropped_out")) << where;
        const MeasureCell courses = cell("detoxification", date, place);
        for (const char* function : {"detox_entry_dose", "detox_use", "detox_setting"})
            EXPECT_EQ(all(function), courses.all()) << where << ", " << function;
        for (const char* function : {"detox_restart", "detox_support", "detox_naloxone", "detox_check_up"})
            EXPECT_EQ(all(function), part(courses, "detoxification", "completed"))
                << where << ", " << function;
    });
}

/// The grid's tracker is the tracker.
TEST_P(OutcomeInvariants, TheTrackerIsTheSame) {
    Settings settings;
    settings.chunk_count = 4;
    const EngineRun run = run_engine(m_folder.path(), outcome_days(), settings);
    const TrackerTable tracker = make_tracker(run.read.extract, run.states, {1});
    for_each_column([&](const Place& place, std::size_t date) {
        const TrackerCell& expected = tracker.at(date, place);
        const MeasureCell people = cell("tracker", date, place), doses = cell("methadone_dose", date, place);
        for (std::size_t i = 0; i < tracker_group_count; ++i) {
            const auto group = static_cast<TrackerGroup>(i);
            EXPECT_EQ(people.count[i], expected.people[i]) << text_of(group);
            EXPECT_EQ(find_measure_function("tracker")->parts[i], text_of(group));
            EXPECT_EQ(doses.count[i], expected.methadone_of(group).people) << text_of(group);
            EXPECT_EQ(doses.sum[i], expected.methadone_of(group).micrograms) << text_of(group);
        }
    });
}

/// Counting some people and counting the others is counting all.
TEST_P(OutcomeInvariants, PeopleCountedApartAddUp) {
    ClientFilter some, others;
    for (const Chunk& chunk : extract().chunks) {
        some.emplace_back(chunk.client_count());
        others.emplace_back(chunk.client_count());
        for (std::size_t client = 0; client < chunk.client_count(); ++client)
            (client % 3 == 0 ? some : others).back()[client] = true;
    }
    std::vector<const MeasureFunction*> functions;
    for (const MeasureFunction& function : measure_functions())
        functions.push_back(&function);
    MeasureGrid sum = make_measure_grid(extract(), m_policy, outcome_days(), functions, {1}, some);
    sum += make_measure_grid(extract(), m_policy, outcome_days(), functions, {2}, others);
    EXPECT_EQ(sum, m_grid) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, OutcomeInvariants, seeds_to(outcome_seeds), seed_name);

}  // namespace
}  // namespace optimat::conformance
